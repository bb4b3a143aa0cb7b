"""Files that mean harm, made here: each with its name, what it is, and whether a harmless picture of it may be kept (T20-T25)."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw, PngImagePlugin

SCRIPT = b"<script>alert(document.domain)</script>"
# Stands in everything that must not reach the disk.
MARK = b"SECRET-MARK"
HTML = b"<!DOCTYPE html><html><body onload='alert(1)'>" + SCRIPT + MARK + b"</body></html>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>" + SCRIPT + b"<text>" + MARK + b"</text></svg>"
PHP = b"<?php system($_GET['c']); /* " + MARK + b" */ ?>"
FORMATS = ("JPEG", "PNG", "WEBP")
SHEET = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True)
class Hostile:
    """One file: may_be_kept means that a clean picture of it may be, never the file itself."""

    name: str
    content: bytes
    may_be_kept: bool = False
    content_type: str = "image/jpeg"


def picture(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """A line on white."""
    made = Image.new("RGB", size, "white")
    ImageDraw.Draw(made).line([(5, 5), (size[0] - 9, size[1] - 3)], fill="navy", width=3)
    return made.convert(mode)


def saved(form: str = "JPEG", made: Image.Image | None = None, **options: Any) -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    (made or picture()).save(file, form, **options)
    return file.getvalue()


def corpus() -> list[Hostile]:
    """All of them, the same at each run."""
    found = [
        *_something_else(), *_two_in_one(), *_broken(), *_bombs(), *_telling(), *_named(), *_moving(), *_structures(),
    ]  # fmt: skip
    names = [each.name for each in found]
    assert len(set(names)) == len(names), "two files have one name"
    return found


def _something_else() -> Iterator[Hostile]:
    """What calls itself a picture and is none."""
    contents = {
        "page": HTML, "drawing": SVG, "php": PHP, "shell": b"#!/bin/sh\nrm -rf /\n", "pdf": b"%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>",
        "elf": b"\x7fELF\x02\x01\x01" + bytes(64), "exe": b"MZ" + bytes(128), "zip": _zip({"a.txt": MARK}),
        "gzip": b"\x1f\x8b\x08" + bytes(40),
        "xml": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "json": b'{"a":' * 5000,
        "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file", "flash": b"FWS\x09" + bytes(60),
        "text": b"hello " * 100, "script": b"alert(1)//" * 40, "icon": saved("ICO"), "gif": saved("GIF"), "bmp": saved("BMP"),
        "tiff": saved("TIFF"), "targa": saved("TGA"), "pcx": saved("PCX"), "ppm": saved("PPM"),
        "jpeg2000": b"\x00\x00\x00\x0cjP  \r\n\x87\n",
        "photoshop": b"8BPS\x00\x01" + bytes(40), "fits": b"SIMPLE  =                    T" + bytes(2880),
        "avif": b"\x00\x00\x00\x20ftypavif" + bytes(60), "heic": b"\x00\x00\x00\x20ftypheic" + bytes(60),
        "video": b"\x00\x00\x00\x20ftypisom" + bytes(60), "audio": b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(40),
        "wmf": b"\xd7\xcd\xc6\x9a" + bytes(60),
        "nothing": b"", "nul": b"\x00", "nuls": bytes(5000), "newline": b"\n", "mark": b"\xef\xbb\xbf" + HTML,
        "utf16": HTML.decode().encode("utf-16"),
        "mvg": b"push graphic-context\nimage over 0,0 0,0 'https://127.0.0.1/x.png'\npop graphic-context",
    }  # fmt: skip
    for name, content in contents.items():
        yield Hostile(f"else-{name}.jpg", content)
    draw = random.Random(7)
    for number in range(8):
        yield Hostile(f"else-noise-{number}.jpg", draw.randbytes(700 * (number + 1)))


def _two_in_one() -> Iterator[Hostile]:
    """A picture and something else in one file: what is before it spoils it, what is behind it is left behind."""
    others = {"page": HTML, "drawing": SVG, "php": PHP, "zip": _zip({"x.html": HTML}), "pdf": b"%PDF-1.7 " + MARK}
    for form in FORMATS:
        for name, other in others.items():
            yield Hostile(f"behind-{name}.{form.lower()}", saved(form) + other, may_be_kept=True)
            yield Hostile(f"before-{name}.{form.lower()}", other + saved(form))
    for name, other in others.items():
        yield Hostile(f"comment-{name}.jpeg", saved(comment=other), may_be_kept=True)
        yield Hostile(f"chunk-{name}.png", saved("PNG", pnginfo=_text(other)), may_be_kept=True)
        exif = Image.Exif()
        exif[0x010E], exif[0x013B] = other.decode("latin-1"), MARK.decode()
        yield Hostile(f"exif-{name}.jpeg", saved(exif=exif), may_be_kept=True)
    # A JPEG that is also JavaScript: the length of its first segment is a comment of the other language.
    segment = b"/*" + MARK
    polyglot = (
        b"\xff\xd8\xff\xe0" + struct.pack(">H", 0x2F2A) + segment + bytes(0x2F2A - 2 - len(segment)) + saved()[2:]
    )
    yield Hostile("polyglot-javascript.jpeg", polyglot, may_be_kept=True)


def _broken() -> Iterator[Hostile]:
    """Cut off, bent, or claiming what is not so."""
    for form in FORMATS:
        whole = saved(form, picture((300, 300)))
        for share in (2, 10, 50, 90):
            yield Hostile(f"cut-{share}.{form.lower()}", whole[: len(whole) * share // 100])
        draw = random.Random(form)
        for number in range(6):
            bent = bytearray(whole)
            for _ in range(4):
                bent[draw.randrange(len(bent))] ^= 1 << draw.randrange(8)
            yield Hostile(f"bent-{number}.{form.lower()}", bytes(bent), may_be_kept=True)
    yield Hostile("head.jpeg", b"\xff\xd8\xff\xe0")
    yield Hostile("head.png", b"\x89PNG\r\n\x1a\n")
    yield Hostile("head.webp", b"RIFF\x1a\x00\x00\x00WEBP")
    yield Hostile("no-points.png", _png(0, 0))
    yield Hostile("no-width.png", _png(0, 40))
    yield Hostile("bad-depth.png", _png(8, 8, depth=3))
    yield Hostile("bad-colour.png", _png(8, 8, colour=7))
    yield Hostile("short-data.png", _png(400, 400, data=bytes(40)))
    yield Hostile("endless-chunk.png", b"\x89PNG\r\n\x1a\n" + b"\xff\xff\xff\xffIHDR" + bytes(60))
    yield Hostile("false-length.webp", b"RIFF\xff\xff\xff\xffWEBPVP8L\xff\xff\xff\xff" + bytes(20))


def _bombs() -> Iterator[Hostile]:
    """Small files that want to be large, and files that are."""
    for width, height in (
        (6000, 5000),
        (30_000, 30_000),
        (65_535, 65_535),
        (1, 2**31 - 1),
        (2**31 - 1, 2**31 - 1),
        (400_000, 100),
    ):
        yield Hostile(f"bomb-{width}x{height}.png", _png(width, height, data=bytes(10**6)))
    # The size stands behind the mark of the first frame.
    small = saved()
    at = small.index(b"\xff\xc0") + 5
    for width, height in ((9000, 9000), (65_535, 65_535)):
        yield Hostile(f"bomb-{width}.jpeg", small[:at] + struct.pack(">HH", height, width) + small[at + 4 :])
    yield Hostile("bomb.webp", b"RIFF\x20\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00" + bytes(4) + b"\xff\xff\xff" * 2)
    # Every scan passes over all points again: a few bytes of file, a second of work each.
    whole = saved("JPEG", Image.new("L", (800, 800), 128), progressive=True)
    last = whole.rindex(b"\xff\xda")
    yield Hostile("bomb-scans.jpeg", whole[:-2] + whole[last:-2] * 9000 + whole[-2:])
    text = zlib.compress(bytes(40_000_000), 1)
    yield Hostile("bomb-text.png", _with_chunk(saved("PNG"), b"zTXt", b"Comment\x00\x00" + text))
    yield Hostile("bomb-profile.png", _with_chunk(saved("PNG"), b"iCCP", b"p\x00\x00" + text))
    yield Hostile("too-many-bytes.jpeg", saved() + bytes(10 * 1024 * 1024))
    yield Hostile("too-many-bytes.html", HTML + bytes(10 * 1024 * 1024))


def _telling() -> Iterator[Hostile]:
    """Pictures that tell where and by whom they were taken."""
    for form in FORMATS:
        for turned in (1, 3, 6, 8):
            exif = Image.Exif()
            exif[0x010F], exif[0x0110], exif[0x0112], exif[0x8298] = (
                MARK.decode(),
                "SECRET-PHONE",
                turned,
                MARK.decode(),
            )
            exif.get_ifd(0x8825).update({1: "N", 2: (23.0, 1.0, 7.5), 3: "E", 4: (113.0, 7.0, 3.0)})
            exif.get_ifd(0x8769).update({0xA431: "SERIAL-" + MARK.decode(), 0x9003: "2026:11:30 08:00:00"})
            yield Hostile(f"place-{turned}.{form.lower()}", saved(form, exif=exif), may_be_kept=True)
        if form != "PNG":
            yield Hostile(
                f"xmp.{form.lower()}", saved(form, xmp=b"<x:xmpmeta>" + MARK + b"</x:xmpmeta>"), may_be_kept=True
            )
        yield Hostile(f"profile.{form.lower()}", saved(form, icc_profile=MARK * 30), may_be_kept=True)
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x20\x1c\x02\x50\x00\x10" + MARK + bytes(16)
    yield Hostile("iptc.jpeg", _with_segment(saved(), 0xED, iptc), may_be_kept=True)
    # A small picture of the same scene that editors forget in the file.
    yield Hostile(
        "thumbnail.jpeg", _with_segment(saved(), 0xE0, b"JFXX\x00\x10" + saved(comment=MARK)), may_be_kept=True
    )
    yield Hostile("time.png", _with_chunk(saved("PNG"), b"tIME", b"\x07\xea\x0b\x1e\x08\x00\x00"), may_be_kept=True)
    yield Hostile("private.png", _with_chunk(saved("PNG"), b"seCr", MARK), may_be_kept=True)


def _named() -> Iterator[Hostile]:
    """Whatever they are called, the name is ours: a good picture is kept under its digest."""
    names = (
        "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/cron.d/x", "C:\\autoexec.bat", "x.php", "x.php.jpg", "x.jpg.php",
        ".htaccess",
        "con.jpg", "a\x00.php.jpg", "<img src=x onerror=alert(1)>.jpg", "'; DROP TABLE evidence;--.jpg", "=cmd|'/c calc'!A0.jpg",
        "x" * 300 + ".jpg",
        "\u202egpj.exe", "名字.jpg", "%2e%2e%2fetc%2fpasswd", "file:///etc/passwd", "a\r\nSet-Cookie: x=1.jpg", "", ".", "..",
    )  # fmt: skip
    for number, name in enumerate(names):
        # Told apart, as two of them are nearly nothing.
        content = saved(made=picture((61 + number, 40)))
        yield Hostile(
            name, content, may_be_kept=True, content_type=("text/html", "image/svg+xml", "image/jpeg")[number % 3]
        )


def _moving() -> Iterator[Hostile]:
    frames = [Image.new("RGB", (30, 30), (each, 0, 0)) for each in range(0, 250, 5)]
    for form in ("WEBP", "PNG"):
        content = saved(form, frames[0], save_all=True, append_images=frames[1:])
        yield Hostile(f"moving.{form.lower()}", content, may_be_kept=True)
    yield Hostile("moving.gif", saved("GIF", frames[0], save_all=True, append_images=frames[1:]))
    yield Hostile("two-views.jpeg", saved("MPO", frames[0], save_all=True, append_images=[frames[9]]), may_be_kept=True)


def _structures() -> Iterator[Hostile]:
    """Odd, and allowed: each mode and each way to write it gives a clean picture."""
    for form, modes in {
        "JPEG": ("L", "CMYK", "1"),
        "PNG": ("L", "P", "RGBA", "LA", "1", "I;16"),
        "WEBP": ("L", "P", "RGBA"),
    }.items():
        for mode in modes:
            made = Image.new("I;16", (60, 40), 9000) if mode == "I;16" else picture(mode=mode)
            yield Hostile(f"mode-{mode.replace(';', '-')}.{form.lower()}", saved(form, made), may_be_kept=True)
    yield Hostile("progressive.jpeg", saved(progressive=True), may_be_kept=True)
    yield Hostile("thin.png", saved("PNG", Image.new("RGB", (20_000, 1))), may_be_kept=True)
    yield Hostile("one-point.jpeg", saved(made=Image.new("RGB", (1, 1))), may_be_kept=True)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(width: int, height: int, *, depth: int = 8, colour: int = 2, data: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(data)) + _chunk(b"IEND", b"")


def _with_chunk(png: bytes, kind: bytes, body: bytes) -> bytes:
    # Behind the head, which is 33 bytes long.
    return png[:33] + _chunk(kind, body) + png[33:]


def _with_segment(jpeg: bytes, marker: int, body: bytes) -> bytes:
    return jpeg[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def _text(body: bytes) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Comment", body.decode("latin-1"))
    info.add_text("Author", MARK.decode(), zip=True)
    return info


def _zip(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


# --- Tables


def tables(good: bytes) -> dict[str, bytes]:
    """What is brought in as a list and is none, or wants to be more than one.

    good   a spreadsheet as it should be, to be spoilt
    """
    laughs = b"<!DOCTYPE l [<!ENTITY a 'ha'>" + b"".join(
        f"<!ENTITY {new} '{('&' + old + ';') * 10}'>".encode() for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    outside = b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><workbook>&b;</workbook>"
    spaces = _sheet(good).replace(b"<sheetData>", b"<sheetData>" + b" " * 20_000_000)
    return {
        "nothing": b"", "nul": b"code\x00,name\r\n1,2\r\n", "picture": saved(), "noise": random.Random(3).randbytes(3000),
        "half-utf8": b"code,name\r\n\xff\xfe\xfd,\x81", "one-quote": b'code,name\r\n"1,2\r\n', "elf": b"\x7fELF" + bytes(90),
        "columns": b",".join(b"c%d" % each for each in range(101)) + b"\r\n", "rows": b"code\r\n" + b"1\r\n" * 20_001,
        "too-large": b"code\r\n" + b"1\r\n" * 4_000_000, "twice": b"code,code\r\n1,2\r\n", "headless": b"\r\n\r\n1,2\r\n",
        "spaces": b" , , \r\n", "zip": _zip({"a.txt": MARK}), "zip-cut": good[: len(good) // 2], "zip-empty": _zip({}),
        "zip-head": b"PK\x03\x04",
        "zip-bomb": _changed(good, {SHEET: spaces.replace(b"<sheetData>", b"<sheetData>" + b" " * 90_000_000)}),
        "zip-liar": lying(_changed(good, {SHEET: spaces}), len(spaces)),
        "zip-parts": _changed(good, {f"xl/media/{each}.bin": b"x" for each in range(3000)}),
        "zip-laughs": _changed(good, {"xl/workbook.xml": laughs + b"]><workbook>&i;</workbook>"}),
        "zip-outside": _changed(good, {"xl/workbook.xml": outside}),
        "zip-in-zip": _changed(good, {SHEET: good}),
    }  # fmt: skip


def harmless_tables(good: bytes) -> dict[str, bytes]:
    """Odd, and read: as text and nothing more."""
    return {
        "page": HTML, "deep-json": b'{"a":' * 100_000, "long-line": b"code,name\r\n" + b"x" * 3_000_000,
        "formulas": b"code,name\r\n=1+1,@SUM(A1)\r\n+cmd|'/c calc'!A0,-2+3\r\n",
        "zip-traversal": _changed(good, {"../../../../tmp/was-here": MARK}),
    }  # fmt: skip


def _sheet(good: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(good)) as packed:
        return packed.read(SHEET)


def _changed(good: bytes, more: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(good)) as packed:
        return _zip({**{each: packed.read(each) for each in packed.namelist()}, **more})


def lying(packed: bytes, length: int) -> bytes:
    """A zip whose large part says that it is small."""
    return packed.replace(struct.pack("<I", length), struct.pack("<I", 10))
