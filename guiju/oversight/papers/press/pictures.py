"""Pictures for the typesetter: everything becomes SVG text, so that no file is written and none can be read."""

from base64 import b64encode
from functools import lru_cache
from io import BytesIO

import segno

CODES_KEPT = 256
"""Drawn codes that a process keeps, of some 10 kB each: an order has one address, and ten papers that show it."""

QUIET_MODULES = 2
"""Light modules round the code that belong to the picture; the page's own white adds the rest of the four."""

KINDS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"RIFF": "webp"}


class UnknownPicture(ValueError):
    """A picture is neither PNG, JPEG, GIF nor WebP."""


def code_of(url: str) -> dict[str, str]:
    """A QR code of an address that ends in an opaque token; level M still reads with a seventh of it worn away.

    modules   how many stand side by side, quiet zone included: a thermal printer must give each a whole number of dots
    """
    svg, modules = _drawn(url)
    return {"svg": svg, "modules": modules}


@lru_cache(CODES_KEPT)
def _drawn(url: str) -> tuple[str, str]:
    """Drawing a code tries its eight masks, which takes longer than all other facts of the paper together."""
    picture = BytesIO()
    code = segno.make_qr(url, error="m")
    code.save(picture, kind="svg", border=QUIET_MODULES, xmldecl=False, omitsize=True)
    return picture.getvalue().decode(), str(code.symbol_size(border=QUIET_MODULES)[0])


def picture_svg(image: bytes, *, is_logo: bool = False) -> str:
    """A photo in a frame of four by three, a logo in one of three by one; whole, for evidence is never cropped.

    raises   UnknownPicture
    """
    kind = next((kind for magic, kind in KINDS.items() if image.startswith(magic)), None)
    if kind is None:
        raise UnknownPicture("a picture on a paper must be PNG, JPEG, GIF or WebP")
    width, place = (900, "xMinYMid") if is_logo else (400, "xMidYMid")
    address = f"data:image/{kind};base64,{b64encode(image).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 300">'
        f'<image width="{width}" height="300" preserveAspectRatio="{place} meet" href="{address}"/></svg>'
    )
