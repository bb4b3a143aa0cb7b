"""Let Chromium draw Chinese with the font that Guiju prints with, so that nobody need install a system font."""

from __future__ import annotations

import os
import tempfile
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

# "ignore_missing": a machine without fonts of its own has no such file, and ours is enough.
CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def use_our_font() -> None:
    """Name a font configuration in the environment, which the browsers that we start inherit."""
    package = find_spec("noto_cjk_sans_otc")
    if package is None or package.origin is None or "FONTCONFIG_FILE" in os.environ:
        return
    folder = Path(tempfile.gettempdir(), f"guiju-fonts-{os.getuid() if hasattr(os, 'getuid') else 'user'}")
    folder.mkdir(exist_ok=True)
    text = CONFIGURATION.format(folder=escape(str(Path(package.origin).parent)), cache=escape(str(folder)))
    unfinished = folder / f"fonts.{os.getpid()}"
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(folder / "fonts.conf")
    os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
