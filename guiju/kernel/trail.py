"""The trail as a chain: each entry sealed together with all before it, so that no row can be changed unseen.

A deed only writes its entry. The chain is made right behind it, by whoever seals next, in the order in which the deeds became
durable: no deed ever waits for its head. Why: docs/decisions/0005-audit-trail.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from .models import Delivery, News, TrailEntry, TrailSeal, Transition
from .plain import digest

GENESIS = "0" * 64
# A deed takes its number when it writes and becomes durable a moment later, so numbers become visible out of order, by no more
# than the deeds that are under way at once. The sealer looks back so far; `everything` looks back to the first entry.
LOOK_BACK = 10_000
AT_ONCE = 500
# Any constant: it names the lock among PostgreSQL's advisory locks.
SEALER = 0x6771_5EA1


def seal_pending(*, everything: bool = False) -> int:
    """Hang the entries that are not sealed yet onto the chain; how many there were.

    everything   look for them from the first entry on, as `guiju verify` does
    """
    sealed = 0
    while _pending(everything=everything).exists():
        with transaction.atomic():
            if not _alone():
                return sealed
            entries = list(_pending(everything=everything)[:AT_ONCE])
            _hang(entries)
        sealed += len(entries)
    return sealed


def walk() -> Iterator[str]:
    """Recompute the whole chain; a sentence for each link that does not hold (PLT-1, I34)."""
    previous, expected = GENESIS, 1
    for seals in _in_pieces(TrailSeal.objects.order_by("seq")):
        entries = TrailEntry.objects.in_bulk([seal.entry_id for seal in seals])
        for seal in seals:
            if seal.seq != expected:
                yield f"the chain jumps from {expected - 1} to {seal.seq}"
            if seal.previous != previous:
                yield f"link {seal.seq} does not hang on the one before it"
            entry = entries.get(seal.entry_id)
            if entry is None:
                yield f"link {seal.seq}: its entry is gone"
            elif _digest(seal.seq, seal.previous, entry) != seal.digest:
                yield f"link {seal.seq}: {entry} was changed after it was sealed"
            previous, expected = seal.digest, seal.seq + 1


def problems() -> Iterator[tuple[str, str]]:
    """What is wrong with the trail, the transitions and the news: the invariant, and a sentence."""
    for says in walk():
        yield "PLT-1", says
    known = TrailEntry.objects.filter(key=OuterRef("entry_key"))
    for step in Transition.objects.filter(~Exists(known)):
        yield "I33", f"{step.subject_type} {step.subject_id} went {step} by no deed"
    for news in News.objects.filter(~Exists(known)):
        yield "I37", f"{news} {news.pk} was told by no deed"
    told = dict(Delivery.objects.values_list("news_id").annotate(last=Max("pk")))
    for pk, kind in News.objects.filter(listeners__gt=0).exclude(pk__in=list(told)).values_list("pk", "kind"):
        yield "I37", f"{kind} {pk} has listeners and no delivery"


def head() -> tuple[int, str]:
    """The last link, to be written down outside: a chain that was cut short ends before it."""
    last = TrailSeal.objects.order_by("-seq").first()
    return (last.seq, last.digest) if last else (0, GENESIS)


def _pending(*, everything: bool) -> QuerySet[TrailEntry]:
    unsealed = TrailEntry.objects.filter(~Exists(TrailSeal.objects.filter(entry=OuterRef("pk")))).order_by("pk")
    if everything:
        return unsealed
    last = TrailSeal.objects.aggregate(last=Max("entry_id"))["last"] or 0
    return unsealed.filter(pk__gt=last - LOOK_BACK)


def _alone() -> bool:
    """Whether nobody else is sealing. SQLite writes one at a time anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER])
        return bool(cursor.fetchone()[0])


def _hang(entries: list[TrailEntry]) -> None:
    seq, previous = head()
    seals = []
    for entry in entries:
        seq += 1
        seal = TrailSeal(entry=entry, seq=seq, previous=previous, digest=_digest(seq, previous, entry))
        seals.append(seal)
        previous = seal.digest
    TrailSeal.objects.bulk_create(seals)


def _digest(seq: int, previous: str, entry: TrailEntry) -> str:
    columns: dict[str, Any] = {field.attname: getattr(entry, field.attname) for field in entry._meta.concrete_fields}
    return digest({"seq": seq, "previous": previous, "entry": columns})


def _in_pieces(seals: QuerySet[TrailSeal]) -> Iterator[list[TrailSeal]]:
    """The links in order, a piece at a time, so that a long chain needs little memory."""
    last = None
    while True:
        piece = list((seals if last is None else seals.filter(seq__gt=last))[:2000])
        if not piece:
            return
        yield piece
        last = piece[-1].seq
