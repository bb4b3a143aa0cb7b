"""Seal the dossier of one order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from guiju.kernel import sealing, trail
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.dossier import queries, rules

KEY_FILE = "public-key.pem"


class TooLarge(Refusal):
    """Nobody could send it."""

    sentence = N_("The dossier would have %(files)s files and %(megabytes)s MB; at most %(most)s MB can be sealed.")
    status = 422


class FileMissing(Refusal):
    """A picture of the order is no longer on the disk."""

    sentence = N_("A picture of this order is missing from the disk. Run `guiju verify` before you seal anything.")
    status = 409


@dataclass(frozen=True)
class Dossier:
    """The sealed file and its name."""

    name: str
    content: bytes


def seal(order: WorkOrder, *, by: Actor, at: datetime) -> Dossier:
    """Seal what proves one order into one file: promises, consents, list in force, exchanges, pictures, signatures, papers, journal.

    Nobody else's data is in it, and neither is what opens doors. Reading it all is a deed that the journal keeps.

    raises   TooLarge, FileMissing, NotAllowed
    source   peers idea 23; Consumer law 23 (burden of proof); S1 「明確責任」
    """
    with doing("dossier.seal", on=order, by=by, at=at) as deed:
        try:
            files = queries.gathered(order, by_name=by.name, at=at)
        except FileNotFoundError:
            raise FileMissing from None
        private = sealing.today()
        files[KEY_FILE] = private.pem.encode()
        size = sum(len(content) for content in files.values())
        if size > rules.BYTES_MAX or len(files) > rules.FILES_MAX:
            raise TooLarge(files=len(files), megabytes=-(-size // 1024**2), most=rules.BYTES_MAX // 1024**2)
        seq, head = trail.head()
        about = {
            "order": order.number, "outlet": order.unit.code, "sealed_at": at.isoformat(), "sealed_by": by.name, "key": private.mark,
            "chain_head": {"seq": seq, "digest": head},
        }  # fmt: skip
        manifest = rules.manifest_of(files, about)
        content = rules.pack(manifest, sealing.seal(manifest).signature, files)
        deed.note(files=len(files), size=len(content), sha256=hashlib.sha256(content).hexdigest(), key=private.mark)
    return Dossier(f"{order.number}-dossier.zip", content)


def check(dossier: bytes, *, published: str | None = None) -> rules.Checked:
    """Whether a file is a dossier as it was sealed; asks neither the database nor the secret.

    published   the public keys of the house; without them the key inside is taken, which proves that nothing was changed, not by whom
    """

    def holds(manifest: bytes, signature: bytes, key: str) -> str:
        keys = sealing.read_published(
            published if published is not None else rules.member(dossier, KEY_FILE).decode("utf-8", "replace")
        )
        if key not in keys:
            return f"the key {key} is not among those published"
        return "" if sealing.is_by(keys[key], manifest, sealing.Seal(key, signature)) else "the seal does not hold"

    return rules.check(dossier, holds)
