"""Make the compiled translations that Django reads from the .po files that we keep."""

import os
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_catalogues(folder: Path = LOCALE) -> list[Path]:
    """Compile each .po file that is newer than its .mo, and answer those that were.

    polib does it in milliseconds, so nobody needs the gettext programs. An installed package may not be writable; it brings its .mo files.
    """
    compiled = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        if not os.access(source.parent, os.W_OK):
            continue
        # Written beside and moved into place: a server that starts meanwhile never reads half a file.
        unfinished = target.with_suffix(f".{os.getpid()}.tmp")
        polib.pofile(str(source)).save_as_mofile(str(unfinished))
        unfinished.replace(target)
        compiled.append(target)
    return compiled
