"""Pictures for the demo company: drawn, so that nobody's home is in them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 480, 360
WALLS = ("#e8e2d6", "#dfe6ea", "#e9dfe3", "#e3e9dd")
BODIES = ("#f7f7f5", "#c9ced3", "#3c4148", "#d9cbb0", "#8fa3b5")


def appliance(number: int, side: int) -> bytes:
    """A plain machine on a counter, from one of four sides; every number looks a little different."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), WALLS[side % len(WALLS)])
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 280, WIDTH, HEIGHT), fill="#a98f6b")
    inset = 110 + (number * 17) % 40 + side * 6
    body = BODIES[number % len(BODIES)]
    draw.rounded_rectangle((inset, 60, WIDTH - inset, 300), radius=18, fill=body, outline="#555", width=3)
    if side == 0:
        draw.ellipse((190, 120, 290, 220), outline="#555", width=6)
        draw.rectangle((inset + 14, 76, inset + 74, 92), fill="#7a8a99")
    elif side == 1:
        for row in range(5):
            draw.line((inset + 30, 120 + row * 24, WIDTH - inset - 30, 120 + row * 24), fill="#777", width=4)
    elif side == 2:
        draw.line((inset + 20, 250, inset + 60 + number % 30, 262), fill="#b03a2e", width=3)
    else:
        draw.rectangle((inset + 40, 200, WIDTH - inset - 40, 250), fill="#fff", outline="#333")
        draw.text((inset + 50, 216), f"SN {number:06d}", fill="#111")
    return _jpeg(picture)


def signature(number: int) -> bytes:
    """A scribble on a white pad."""
    picture = Image.new("RGB", (360, 120), "white")
    draw = ImageDraw.Draw(picture)
    points = [(20 + step * 16, 60 + ((number * 31 + step * step * 13) % 50) - 25) for step in range(20)]
    draw.line(points, fill="#123", width=3, joint="curve")
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _jpeg(picture: Image.Image) -> bytes:
    written = BytesIO()
    picture.save(written, "JPEG", quality=80)
    return written.getvalue()
