"""What the kernel would miss: deeds, the trail, approvals, evidence, locks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

from tests.faults.sabotage.ways import Saboteur, instead

TRAIL = "tests/kernel/test_trail.py"
DEED = "tests/kernel/test_deed.py"
EVIDENCE = "tests/kernel/test_evidence.py"
_NO_TRANSACTION = SimpleNamespace(atomic=lambda **_how: nullcontext())


def _whatever_was_asked(_request: Any, kept: Any) -> Any:
    return json.loads(kept.answer)


def _kept_raw(file: Any, *, by: Any, at: Any, on: Any = None, **about: Any) -> Any:
    from guiju.kernel import evidence

    raw = evidence._read(file, evidence.PHOTO_BYTES_MAX, "photo")
    return evidence._keep(raw, (1, 1), "image/jpeg", on=on, by=by, at=at, **about)


# Where the loss of these constraints is seen.
CONSTRAINTS: Mapping[str, str] = {
    "tests/kernel/test_approval.py": (
        "approval_by_two_persons approval_content_is_never_changed approval_names_who_decided "
        "approval_one_alive_a_subject"
    ),
    "tests/kernel/test_signing.py": "asked_signature_is_given_and_taken_once",
    DEED: "trail_entry_is_never_changed",
    TRAIL: "trail_seal_is_never_changed trail_seal_never_forks",
    "tests/kernel/test_refusing.py": "news_once_told_is_never_changed",
    EVIDENCE: "evidence_is_never_changed",
    "tests/kernel/test_news.py": "delivery_once_a_reaction",
    "tests/kernel/test_numbering.py": "counter_never_goes_back",
}

SABOTEURS: Mapping[str, Saboteur] = {
    "no_right": Saboteur(
        "whoever asks may do it", instead("guiju.kernel.actor:Actor", "role_for", lambda *_a, **_k: "RC"), DEED
    ),
    "endless_points": Saboteur(
        "a picture is as large as it says",
        instead("guiju.kernel.evidence", "_judge_size", lambda *_a: None),
        "tests/kernel/test_evidence.py",
    ),
    "no_once": Saboteur(
        "a key is not looked at",
        instead("guiju.kernel.once:_Request", "kept", lambda _me: None),
        "tests/kernel/test_once.py",
    ),
    "any_body": Saboteur(
        "one key is two requests",
        instead("guiju.kernel.once:_Request", "answer_of", _whatever_was_asked),
        "tests/kernel/test_once.py",
    ),
    "no_lock": Saboteur(
        "a row is read and not locked",
        instead("guiju.kernel.locking", "lock", lambda rows, pk: rows.get(pk=pk)),
        "tests/line/workorder/test_locking.py tests/line/dispatch/test_races.py tests/line/intake/test_races.py",
        on_postgresql=True,
    ),
    "names_in_the_air": Saboteur(
        "a file's name may be lost with the power",
        instead("guiju.kernel.evidence", "_sync_folder", lambda _folder: None),
        EVIDENCE,
    ),
    "photos_as_they_came": Saboteur(
        "a photograph keeps where it was taken", instead("guiju.kernel.evidence", "keep_photo", _kept_raw), EVIDENCE
    ),
    "any_mark": Saboteur(
        "whatever stands under an entry is our mark",
        instead("guiju.kernel.secrets", "is_marked", lambda *_a: True),
        TRAIL,
    ),
    "no_transaction": Saboteur(
        "a deed may be half done", instead("guiju.kernel.turn", "transaction", _NO_TRANSACTION), DEED
    ),
    "no_trail": Saboteur("a deed leaves no trace", instead("guiju.kernel.deed", "_write", lambda _deed: None), DEED),
    "no_mark": Saboteur(
        "who writes into the trail needs no secret", instead("guiju.kernel.trail", "mark", lambda _e: ""), TRAIL
    ),
    "no_seal": Saboteur(
        "the chain does not hold what it says", instead("guiju.kernel.trail", "_fault", lambda *_a: iter(())), TRAIL
    ),
    "no_news": Saboteur(
        "what happened is told to nobody",
        instead("guiju.kernel.news", "store", lambda _told: None),
        "tests/kernel/test_news.py",
    ),
    "any_code": Saboteur(
        "any claim code opens the shelf",
        instead("guiju.kernel.secrets", "matches", lambda *_a: True),
        "tests/kernel/test_secrets.py tests/line/cashier",
    ),
}
