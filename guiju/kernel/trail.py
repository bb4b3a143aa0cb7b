"""The trail as a chain: each entry sealed together with all before it, so that no row can be changed unseen.

A deed only writes its entry, with the installation's mark. The chain is made right behind it, by whoever seals next, in the
order in which the deeds became durable: no deed ever waits for its head. Why: docs/decisions/0005-audit-trail.md.
"""

# ruff: noqa: SLF001  (Django documents _meta)

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Coalesce, Lag

from . import secrets
from .models import Delivery, News, TrailEntry, TrailSeal, Transition
from .plain import canonical, digest

GENESIS = "0" * 64
# A deed takes its number when it writes and becomes durable a moment later, so numbers become visible out of order, by no more
# than the deeds that are under way at once. The sealer looks back so far; what turns up further back, `walk` shows to a person.
LOOK_BACK = 10_000
AT_ONCE = 500
# Rows that `walk` holds in memory at a time.
PIECE = 2000
# Any constant: it names the lock among PostgreSQL's advisory locks.
SEALER = 0x6771_5EA1
UNSIGNED = frozenset({"id", "mark"})

# The number of a link and its digest, as they were written down somewhere else.
Anchor = tuple[int, str]


def mark(entry: TrailEntry) -> str:
    """The installation's mark under an entry; its number is not known yet when it is marked."""
    return secrets.mark_of(_content(entry))


def seal_pending(*, everything: bool = False) -> int:
    """Hang the entries that are not sealed yet onto the chain; how many there were.

    everything   also those from far back, once a person has looked at what `walk` says of them
    """
    sealed = 0
    while entries := _hang_next(everything=everything):
        sealed += entries
    return sealed


def waiting() -> int:
    """How many entries no link of the chain holds yet."""
    return _pending(everything=False).count()


def walk(anchors: Iterable[Anchor] = ()) -> Iterator[str]:
    """Recompute the whole chain: a sentence for every row that was changed, removed, slipped in or moved.

    anchors   links that were written down outside; a chain that was cut short, or made anew, does not have them
    source    PLT-1, I34, T46
    """
    kept = dict(anchors)
    previous, expected, furthest = GENESIS, 1, 0
    for seals in _in_pieces():
        entries = TrailEntry.objects.in_bulk([seal.entry_id for seal in seals])
        for seal in seals:
            if seal.seq != expected:
                yield f"the chain jumps from {expected - 1} to {seal.seq}"
            if seal.previous != previous:
                yield f"link {seal.seq} does not hang on the one before it"
            yield from _fault(seal, entries.get(seal.entry_id))
            if kept.pop(seal.seq, seal.digest) != seal.digest:
                yield f"link {seal.seq} is not the one that was written down"
            previous, expected, furthest = seal.digest, seal.seq + 1, max(furthest, seal.entry_id)
    for seq in sorted(kept):
        yield f"the chain ends before link {seq}, which was written down"
    yield from _unsealed(furthest)


def head() -> Anchor:
    """The last link, to be written down outside: a chain that was cut short ends before it."""
    last = TrailSeal.objects.order_by("-seq").first()
    return (last.seq, last.digest) if last else (0, GENESIS)


def proved(entries: Sequence[TrailEntry]) -> Iterator[dict[str, Any]]:
    """Each entry as it is written, with its link of the chain: enough to make the link's digest again without the database."""
    links = {seal.entry_id: seal for seal in TrailSeal.objects.filter(entry__in=entries)}
    for entry in entries:
        seal = links.get(entry.pk)
        link = {"seq": seal.seq, "previous": seal.previous, "digest": seal.digest} if seal else None
        yield {"entry": _columns(entry), "link": link}


def write_head(file: str | Path, *, at: datetime) -> Anchor:
    """Write the last link down outside the database, one line a time, for `read_heads`.

    file   where whoever has the database has no hand: on another machine, in a mailbox, on paper in the end
    """
    seq, digest = head()
    with Path(file).open("a", encoding="utf-8") as book:
        book.write(f"{at.isoformat(timespec='seconds')} {seq} {digest}\n")
        book.flush()
        os.fsync(book.fileno())
    return seq, digest


def read_heads(file: str | Path) -> list[Anchor]:
    """The links that were written down, the first word on each: a chain made anew would only add its own below.

    raises   ValueError for a line that is none
    """
    first: dict[int, str] = {}
    for line in Path(file).read_text(encoding="utf-8").splitlines():
        _moment, seq, digest = line.split()
        first.setdefault(int(seq), digest)
    first.pop(0, None)  # before the first deed there is no link
    return sorted(first.items())


def problems(anchors: Iterable[Anchor] = ()) -> Iterator[tuple[str, str]]:
    """What is wrong with the trail, the transitions and the news: the invariant, and a sentence."""
    for says in walk(anchors):
        yield "PLT-1", says
    yield from astray()


def astray() -> Iterator[tuple[str, str]]:
    """What stands beside the trail and does not agree with it: the invariant, and a sentence."""
    known = TrailEntry.objects.filter(key=OuterRef("entry_key"))
    for step in Transition.objects.filter(~Exists(known)):
        yield "I33", f"{step.subject_type} {step.subject_id} went {step} by no deed"
    for told in News.objects.filter(~Exists(known)):
        yield "I33", f"{told} {told.pk} was told by no deed"
    for step in _leaps():
        yield "I27", f"{step.subject_type} {step.subject_id} went {step}, but was in {step.before}"
    deliveries = Delivery.objects.filter(news=OuterRef("pk")).order_by().values("news").annotate(n=Count("pk"))
    for told in News.objects.annotate(n=Coalesce(deliveries.values("n"), 0)).filter(~Q(n=F("listeners"))):
        yield "I37", f"{told} {told.pk} has {told.listeners} listeners and {told.n} deliveries"


def _fault(seal: TrailSeal, entry: TrailEntry | None) -> Iterator[str]:
    if entry is None:
        yield f"link {seal.seq}: its entry {seal.entry_id} is gone"
    elif _digest(seal.seq, seal.previous, entry) != seal.digest:
        yield f"link {seal.seq}: entry {entry.pk} ({entry}) is not what was sealed"
    elif not _is_marked(entry):
        yield f"link {seal.seq}: entry {entry.pk} ({entry}) was written by no deed of this installation"


def _unsealed(furthest: int) -> Iterator[str]:
    """What is wrong with the entries that no link holds; that they wait for the sealer is not wrong."""
    for entry in _pending(everything=True).iterator(PIECE):
        if not _is_marked(entry):
            yield f"entry {entry.pk} ({entry}) was written by no deed of this installation"
        elif entry.pk <= furthest - LOOK_BACK:
            yield f"entry {entry.pk} ({entry}) was never sealed, though much later ones are"


def _leaps() -> QuerySet[Transition, Any]:
    """Steps that do not begin where the one before them ended. A row may have several lives, in columns of their own."""
    lives = Transition.objects.annotate(
        before=Window(Lag("to_state"), partition_by=[F("subject_type"), F("subject_id")], order_by=F("id").asc())
    )
    return lives.filter(before__isnull=False).exclude(from_state=F("before"))


def _hang_next(*, everything: bool) -> int:
    with transaction.atomic():
        if not _alone():
            return 0
        entries = list(_pending(everything=everything)[:AT_ONCE])
        if entries:
            _hang(entries)
        return len(entries)


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


def _hang(entries: Iterable[TrailEntry]) -> None:
    seq, previous = head()
    seals = []
    for entry in entries:
        seq += 1
        seal = TrailSeal(entry=entry, seq=seq, previous=previous, digest=_digest(seq, previous, entry))
        seals.append(seal)
        previous = seal.digest
    TrailSeal.objects.bulk_create(seals)


def _columns(entry: TrailEntry) -> dict[str, Any]:
    return {field.attname: getattr(entry, field.attname) for field in entry._meta.concrete_fields}


def _content(entry: TrailEntry) -> bytes:
    return canonical({name: value for name, value in _columns(entry).items() if name not in UNSIGNED})


def _is_marked(entry: TrailEntry) -> bool:
    return secrets.is_marked(_content(entry), entry.mark)


def _digest(seq: int, previous: str, entry: TrailEntry) -> str:
    return digest({"seq": seq, "previous": previous, "entry": _columns(entry)})


def _in_pieces() -> Iterator[list[TrailSeal]]:
    """The links in order, a piece at a time, so that a long chain needs little memory."""
    seals = TrailSeal.objects.order_by("seq").iterator(PIECE)
    while piece := list(islice(seals, PIECE)):
        yield piece
