"""Pin every dependency by version and hash in requirements.lock, for every system and for Python 3.11 and newer.

Uses uv where it is installed, and otherwise puts it into a folder of its own: it is no part of what Guiju runs on.
The lock names no registry, so that pip and uv install it through any mirror.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = [
    *("--extra", "dev", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-header", "--quiet", "--output-file", "requirements.lock"),
]


def main(arguments: list[str]) -> int:
    """Write the lock; `--upgrade` takes the newest versions that pyproject.toml allows."""
    with tempfile.TemporaryDirectory() as scratch:
        uv = shutil.which("uv")
        if uv is None:
            subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target", scratch, "uv"], check=True)
            uv = str(Path(scratch, "bin", "uv"))
        return subprocess.run(
            [uv, "pip", "compile", "pyproject.toml", *OPTIONS, *arguments], cwd=ROOT, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
