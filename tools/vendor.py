"""Copy the front-end files that we serve out of their npm packages, with their licences.

The copies are committed, so that nobody who runs Guiju needs Node or a CDN and the content security policy stays strict.
Versions are pinned in package.json; run `./run vendor` after changing one.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
SERVED = ROOT / "guiju/desks/common/static/vendor"
# axe-core (accessibility checks) is for the tests alone and is never served.
TESTED = ROOT / "tests/vendor"
NOTICE = ROOT / "NOTICE"
NOTICE_START, NOTICE_END = "<!-- vendored: start -->", "<!-- vendored: end -->"
SVG = "http://www.w3.org/2000/svg"
SOURCE_MAP = re.compile(rb"\n?(?://[#@]|/\*[#@])\s*sourceMappingURL=[^\n]*")


class File(NamedTuple):
    """One file to copy: from an npm package, to a folder, under a name."""

    package: str
    source: str
    folder: Path
    name: str


FILES = [
    File("htmx.org", "dist/htmx.min.js", SERVED, "htmx.min.js"),
    File("@tabler/core", "dist/css/tabler.min.css", SERVED, "tabler.min.css"),
    File("@tabler/core", "dist/js/tabler.min.js", SERVED, "tabler.min.js"),
    File("signature_pad", "dist/signature_pad.umd.min.js", SERVED, "signature_pad.min.js"),
    File("axe-core", "axe.min.js", TESTED, "axe.min.js"),
]
# Packages that ship no licence file: the licence that their package.json declares, in words.
MIT = """The MIT License (MIT)

Copyright (c) {holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files
(the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge,
publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR
ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH
THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
HOLDERS = {
    "@tabler/core": "2018-2026 The Tabler Authors; includes Bootstrap, 2011-2026 The Bootstrap Authors, and Popper, 2019 Federico Zivolo"
}

# Every icon that a screen may show, by its name in @tabler/icons (outline). In a template:
#   <svg class="icon" aria-hidden="true"><use href="{% static 'vendor/icons.svg' %}#printer"></use></svg>
ICONS = """
adjustments alert-circle alert-triangle archive arrow-back-up arrow-left arrow-right arrows-exchange ban barcode bell
book box building building-store calendar calendar-due camera cash check checklist chevron-down chevron-left
chevron-right chevron-up circle-check circle-x clipboard-check clipboard-list clock clock-pause coin copy credit-card
device-floppy device-mobile device-tv dots-vertical download edit external-link eye eye-off file-invoice file-text
filter flag fridge hammer heart-handshake help history home hourglass id-badge info-circle key language
layout-dashboard layout-kanban link list lock lock-open login logout mail map-pin menu-2 message minus moon note
package package-export package-import paperclip phone photo player-pause player-play plus point printer qrcode
question-mark receipt receipt-refund refresh replace report rotate-clockwise scan search send settings shield-check
shield-lock shopping-cart signature sort-ascending sort-descending stack-2 star sun tag thumb-down thumb-up tool tools
transfer trash truck upload user user-check user-plus users wallet wand world x
""".split()


def fetch(scratch: Path) -> Path:
    """Install the pinned packages into a scratch folder and answer where they lie."""
    shutil.copy(ROOT / "package.json", scratch)
    # No install script of a package runs: we want their files, not their code on this machine.
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"]
    subprocess.run(command, cwd=scratch, check=True)
    return scratch / "node_modules"


def copy_files(modules: Path) -> None:
    """Copy each file without its source map reference, which would make browsers ask for a file that we do not ship."""
    for file in FILES:
        file.folder.mkdir(parents=True, exist_ok=True)
        content = (modules / file.package / file.source).read_bytes()
        (file.folder / file.name).write_bytes(SOURCE_MAP.sub(b"", content).rstrip() + b"\n")


def licence_of(modules: Path, package: str) -> str:
    """The text of a package's licence."""
    for candidate in sorted((modules / package).glob("LICEN[CS]E*")):
        return candidate.read_text(encoding="utf-8")
    return MIT.format(holder=HOLDERS[package])


def copy_licences(modules: Path) -> None:
    """Put each package's licence beside its files."""
    folders = {file.package: file.folder for file in FILES} | {"@tabler/icons": SERVED}
    for package, folder in folders.items():
        name = package.strip("@").replace("/", "-") + ".LICENSE.txt"
        (folder / name).write_text(licence_of(modules, package), encoding="utf-8")


def draw_sprite(modules: Path) -> None:
    """Join the icons into one file that pages point into, a symbol each."""
    ElementTree.register_namespace("", SVG)
    sprite = ElementTree.Element(f"{{{SVG}}}svg")
    sprite.text = "\n"
    for name in sorted(set(ICONS)):
        drawing = ElementTree.parse(modules / "@tabler/icons/icons/outline" / f"{name}.svg").getroot()
        kept = {key: value for key, value in drawing.attrib.items() if key not in {"class", "width", "height"}}
        symbol = ElementTree.SubElement(sprite, f"{{{SVG}}}symbol", {"id": name, **kept})
        # The first path of each icon is an empty bounding box.
        symbol.extend(part for part in drawing if part.get("d") != "M0 0h24v24H0z")
        for part in symbol:
            part.tail = None
        symbol.tail = "\n"
    (SERVED / "icons.svg").write_bytes(ElementTree.tostring(sprite) + b"\n")


def note(modules: Path) -> None:
    """List what was copied in NOTICE, leaving what else stands there alone."""
    rows = []
    for package in sorted({file.package for file in FILES} | {"@tabler/icons"}):
        about = json.loads((modules / package / "package.json").read_text(encoding="utf-8"))
        files = [str((file.folder / file.name).relative_to(ROOT)) for file in FILES if file.package == package]
        where = ", ".join(files or [str((SERVED / "icons.svg").relative_to(ROOT))])
        rows.append(f"{package} {about['version']} ({about['license']}): {where}")
    listing = "\n".join([NOTICE_START, *rows, NOTICE_END])
    text = NOTICE.read_text(encoding="utf-8")
    NOTICE.write_text(
        re.sub(f"{NOTICE_START}.*{NOTICE_END}", lambda _: listing, text, flags=re.DOTALL), encoding="utf-8"
    )


def main() -> int:
    """Fetch, copy, draw, note."""
    with tempfile.TemporaryDirectory() as scratch:
        modules = fetch(Path(scratch))
        copy_files(modules)
        copy_licences(modules)
        draw_sprite(modules)
        note(modules)
    return 0


if __name__ == "__main__":
    sys.exit(main())
