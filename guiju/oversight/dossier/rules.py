"""How a dossier is packed, and how it is checked without the house: plain bytes in and out.

A dossier is a ZIP file that is written in one way only: stored, in order, without times. First `manifest.json`, which names every other
file with its size and SHA-256; then `manifest.sig`, the signature under exactly those bytes (Ed25519, hexadecimal); then the files. Whoever
checks it hashes each file, asks whether the signature holds, and packs what was read once more: a single byte that differs, be it in a
name or in a gap between two files, and it is not the file that was sealed.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

FORMAT = "guiju-dossier/1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
# What an authority's mailbox still takes; forty photographs as we keep them are half of it.
BYTES_MAX = 64 * 1024 * 1024
FILES_MAX = 500
# A ZIP file knows no earlier day.
NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Checked:
    """What is wrong with a dossier; nothing, and it is what was sealed.

    key        the mark of the key that sealed it, as far as it could be read
    manifest   what it says of itself
    """

    wrong: tuple[str, ...]
    key: str = ""
    manifest: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether every byte is as it was sealed."""
        return not self.wrong


def manifest_of(files: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    """The list of the files, in their order, with what is said of the whole."""
    listed = [
        {"path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for path, content in sorted(files.items())
    ]
    return as_json({"format": FORMAT, **about, "files": listed})


def as_json(value: Any) -> bytes:
    """As people can read it, and always the same."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def pack(manifest: bytes, signature: bytes, files: Mapping[str, bytes]) -> bytes:
    """The one file that these make."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        rows = [(MANIFEST, manifest), (SIGNATURE, signature.hex().encode()), *sorted(files.items())]
        for path, content in rows:
            info = zipfile.ZipInfo(path, NO_TIME)
            info.create_system, info.external_attr = 3, 0o600 << 16
            archive.writestr(info, content)
    return written.getvalue()


def check(dossier: bytes, holds: Callable[[bytes, bytes, str], str]) -> Checked:
    """Whether a file is a dossier as it was sealed.

    holds   told the manifest, the signature and the mark of its key: what is wrong with the seal, or nothing
    """
    if len(dossier) > 2 * BYTES_MAX:
        return Checked(("the file is larger than any dossier",))
    try:
        files = _unpacked(dossier)
        manifest, said = files.pop(MANIFEST), files.pop(SIGNATURE)
        told, signature = json.loads(manifest), bytes.fromhex(said.decode("ascii"))
        listed = {each["path"]: (each["size"], each["sha256"]) for each in told["files"]}
        key = str(told["key"])
        if told["format"] != FORMAT:
            return Checked((f"the format {told['format']} is not known here",))
    # A broken archive breaks in many ways, each of them its own fault.
    except Exception as error:  # noqa: BLE001
        return Checked((f"this is no dossier: {type(error).__name__}",))
    wrong = [*_seal(holds(manifest, signature, key)), *_files(files, listed)]
    if not wrong and pack(manifest, signature, files) != dossier:
        wrong.append("the file was packed anew, or something stands between its parts")
    if not wrong:
        wrong += _trail(files)
    return Checked(tuple(wrong), key, told)


def member(dossier: bytes, path: str) -> bytes:
    """One file of it as it stands there; empty where there is none."""
    return _unpacked(dossier).get(path, b"")


def _unpacked(dossier: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(dossier)) as archive:
        rows = archive.infolist()
        if len(rows) > FILES_MAX + 2 or any(each.compress_type != zipfile.ZIP_STORED for each in rows):
            raise ValueError("not as dossiers are written")
        if len({each.filename for each in rows}) != len(rows):
            raise ValueError("a name twice")
        return {each.filename: archive.read(each) for each in rows}


def _seal(wrong: str) -> list[str]:
    return [wrong] if wrong else []


def _files(files: Mapping[str, bytes], listed: Mapping[str, tuple[int, str]]) -> list[str]:
    """What is missing, too much, or changed."""
    wrong = [f"{path}: is missing" for path in listed if path not in files]
    wrong += [f"{path}: was added" for path in files if path not in listed]
    for path, content in files.items():
        if path in listed and listed[path] != (len(content), hashlib.sha256(content).hexdigest()):
            wrong.append(f"{path}: was changed")
    return wrong


def _trail(files: Mapping[str, bytes]) -> list[str]:
    """Whether each entry of the journal is what its link of the chain was made of."""
    wrong = []
    for each in json.loads(files.get("trail.json", b"[]")):
        link = each["link"]
        if link is None:
            continue
        content = {"seq": link["seq"], "previous": link["previous"], "entry": each["entry"]}
        written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        if hashlib.sha256(written).hexdigest() != link["digest"]:
            wrong.append(f"trail.json: entry {each['entry'].get('id')} is not what was sealed into the chain")
    return wrong
