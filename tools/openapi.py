"""Write docs/openapi.json: what the API says of itself, for whoever reads without running it. A test says when it is old."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs" / "openapi.json"


def described() -> dict[str, Any]:
    """The description as the running API gives it, in English."""
    from django.urls import get_resolver
    from django.utils import translation

    _ = get_resolver().url_patterns  # the routers are joined when the addresses are read
    from guiju.api.door import api

    with translation.override("en"):
        told: dict[str, Any] = json.loads(as_text(api.get_openapi_schema(path_prefix="/api/v1/")))
    return told


def as_text(schema: Any) -> str:
    """As the file holds it: a line a thing, so that a change shows as what it is."""
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


def main() -> int:
    """Write the file."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.conf.settings")
    django.setup()
    FILE.write_text(as_text(described()), encoding="utf-8")
    print(f"{FILE.relative_to(ROOT)}: {FILE.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
