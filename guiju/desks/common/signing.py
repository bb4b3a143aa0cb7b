"""A typed name drawn as a picture, so that every signature on file is one."""

from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

_SIZE = (640, 200)
_MARGIN = 24
_INK = (20, 24, 40)
# The collection holds a face per region, Japanese first; a name is most likely written the mainland way.
_SIMPLIFIED = 2


@cache
def _font_file() -> Path | None:
    # The pan-CJK file that the papers are set in; without it, Pillow's own letters still write Latin names.
    try:
        import noto_cjk_sans_otc
    except ImportError:
        return None
    folder = Path(noto_cjk_sans_otc.__file__).parent
    return next((path for pattern in ("*.otc", "*.ttc", "*.otf") for path in sorted(folder.rglob(pattern))), None)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    file = _font_file()
    return ImageFont.truetype(str(file), size, index=_SIMPLIFIED) if file else ImageFont.load_default(size)


def written_name(name: str) -> bytes:
    """A PNG of the name on white, shrunk until it fits."""
    picture = Image.new("RGB", _SIZE, "white")
    pen = ImageDraw.Draw(picture)
    size = 96
    while size > 16 and pen.textlength(name, font=_font(size)) > _SIZE[0] - 2 * _MARGIN:
        size -= 8
    pen.text((_MARGIN, _SIZE[1] // 2), name, font=_font(size), fill=_INK, anchor="lm")
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
