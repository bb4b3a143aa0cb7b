"""Why it differs, whose word is enough, and what the book then says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from guiju.books.stock import actions as stock
from guiju.books.stock import queries as book
from guiju.books.stock.rules import Which
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.counting import queries, rules
from guiju.readiness.counting.actions.planning import lock, set_free
from guiju.readiness.counting.actions.shelves import RecountFirst
from guiju.readiness.counting.events import Approved, Closed, Rejected
from guiju.readiness.counting.models import CountApproval, CountedBin, CountLine, StockCount, UnknownScan
from guiju.readiness.counting.rules import (
    CAUSES_WITH_A_NOTE,
    COUNT_ARROWS,
    COUNT_LABELS,
    BinState,
    Cause,
    CountState,
    UnknownOutcome,
    Worth,
)
from guiju.standing.people.models import Person
from guiju.standing.policy import queries as policy

ROLES = ("OM", "LM", "NM", "FI")


class NotExplained(Refusal):
    """Every difference has its cause, every unknown scan its answer."""

    sentence = N_("Give every difference its cause and every unknown scan its answer.")


class OwnCount(Refusal):
    """Whoever keeps the store or counted in it approves nothing of it (INV-7)."""

    sentence = N_("You keep this store or counted in it. Somebody else approves the count.")


class LimitExceeded(Refusal):
    """More than this person may approve."""

    sentence = N_("The differences are worth more than you may approve.")


class SignedAlready(Refusal):
    """One person, one signature."""

    sentence = N_("You have approved this count already. Somebody else signs next.")


class Reserved(Refusal):
    """What is missing is promised to jobs."""

    sentence = N_("%(part)s in %(bin)s is promised to jobs or set apart, and some of it is missing. Free it first.")


@dataclass(frozen=True, slots=True)
class Explained:
    """The cause of one difference, and who answers for it; without a name the keeper does.

    serials   of a part that is tracked by them: which pieces are missing or too much, as many as differ
    """

    line: int
    cause: Cause
    note: str = ""
    accountable: Person | None = None
    serials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What an unknown scan turned out to be."""

    unknown: int
    outcome: UnknownOutcome
    note: str = ""


def explain(
    count: StockCount, *, causes: Sequence[Explained] = (), answers: Sequence[Answered] = (), by: Actor, at: datetime
) -> StockCount:
    """Say why each difference is there and who answers for it, and what each unknown scan was.

    raises   RecountFirst, NotExplained, Invalid, WrongState
    source   3.9, F14, F15
    """
    with doing("counting.explain", on=count, by=by, at=at, differences=len(causes)) as deed:
        count = lock(count)
        if count.state == CountState.COUNTED and queries.is_blind(count):
            raise RecountFirst
        for answer in answers:
            UnknownScan.objects.filter(pk=answer.unknown, sheet__counted_bin__count=count).update(
                outcome=UnknownOutcome(answer.outcome), note=answer.note.strip()
            )
        said = {each.line: each for each in causes}
        for line in queries.differing(count):
            if (each := said.get(line.pk)) is None:
                raise NotExplained
            _explain(line, each, count.keeper)
        if any(not row.outcome for row in queries.unknown_of(count)):
            raise NotExplained
        advance(
            count,
            to=CountState.REVIEW,
            arrows=COUNT_ARROWS,
            by=by,
            at=at,
            deed=deed,
            labels=COUNT_LABELS,
            explained_at=at,
        )
    return count


def _explain(line: CountLine, said: Explained, keeper: Person) -> None:
    note = said.note.strip()
    if said.cause in CAUSES_WITH_A_NOTE and not note:
        raise Invalid(
            Sentence(N_("%(part)s: say what was done to find out."), {"part": line.part.name}), field=f"note-{line.pk}"
        )
    serials = " ".join(said.serials) if line.part.is_serialised else ""
    if line.part.is_serialised and len(set(said.serials)) != abs(line.difference):
        raise Invalid(
            Sentence(
                N_("%(part)s: name the serial of each piece that is missing or too much."), {"part": line.part.name}
            ),
            field=f"serials-{line.pk}",
        )
    CountLine.objects.filter(pk=line.pk).update(
        cause=Cause(said.cause), note=note, accountable=said.accountable or keeper, serials=serials
    )


def reject(count: StockCount, *, reason: str, by: Actor, at: datetime) -> StockCount:
    """Send it back: every bin that differs is counted again, blind as before, and nobody's signature stands any more.

    raises   WrongState, OwnCount, Invalid
    source   3.9
    """
    with doing("counting.reject", on=count, by=by, at=at, reason=reason.strip()) as deed:
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why the count is sent back.")), field="reason")
        count = lock(count)
        if by.person_id in count.counter_ids | {count.keeper_id, count.successor_id}:
            raise OwnCount
        off = list(queries.differing(count))
        bins = {line.counted_bin_id for line in off} or set(count.bins.values_list("pk", flat=True))
        # The round first: a line may lose its cause only while the count is no longer in review.
        advance(
            count, to=CountState.COUNTING, arrows=COUNT_ARROWS, by=by, at=at, deed=deed, labels=COUNT_LABELS,
            round=count.round + 1, recounter=None,
        )  # fmt: skip
        CountLine.objects.filter(counted_bin__in=bins).update(
            is_due=True, passes=0, cause="", note="", accountable=None
        )
        CountedBin.objects.filter(pk__in=bins).update(state=BinState.DUE)
        deed.tell(Rejected(count.pk, count.number, count.store_id, reason.strip()))
    return count


def approve(count: StockCount, *, by: Actor, at: datetime) -> StockCount:
    """Accept the differences. When the signatures are enough for what they are worth, they are booked and the count is closed.

    Only differences are booked: to *lost*, or from *found*. Up to the own limit one signature is enough; what is over finance's
    limit is decided by several (5.3), each of whom calls this. So the state may be REVIEW still.

    raises   OwnCount, LimitExceeded, Reserved, WrongState
    source   INV-7, 3.9, 5.3, 5.4
    """
    with doing("counting.approve", on=count, by=by, at=at) as deed:
        count = lock(count)
        worth = queries.worth(count)
        missing = _sign(count, worth, deed, at) if count.state == CountState.REVIEW else []
        deed.note(value_minor=worth.total_minor, missing=missing)
        if missing:
            return count
        advance(
            count,
            to=CountState.APPROVED,
            arrows=COUNT_ARROWS,
            by=by,
            at=at,
            deed=deed,
            labels=COUNT_LABELS,
            approved_at=at,
        )
        booked = _book(count, deed, at)
        deed.tell(
            Approved(
                count.pk, count.number, count.store_id, booked, worth.loss_minor, worth.found_minor, count.unit.currency
            )
        )
        return close(count, by=deed.consequence(), at=at)


def _sign(count: StockCount, worth: Worth, deed: Deed, at: datetime) -> list[str]:
    """Write the signature, and say whose are still missing."""
    limits, collective = _limits(count, at)
    if not rules.adds(deed.role, worth, limits):
        raise LimitExceeded
    with refusing(
        nobody_approves_what_they_kept_or_counted=OwnCount, a_count_is_approved_by_different_people=SignedAlready
    ):
        CountApproval.objects.create(
            count=count,
            round=count.round,
            person_id=deed.by.natural_person_id,
            role=deed.role,
            limit_minor=limits[deed.role],
            value_minor=worth.total_minor,
            at=at,
        )
    signed = count.approvals.filter(round=count.round).values_list("role", flat=True)
    return rules.wanted(worth, signed, limits=limits, collective_minor=collective)


def _limits(count: StockCount, at: datetime) -> tuple[dict[str, int | None], int]:
    keys = [f"limit.adjustment.{role}" for role in ROLES]
    figures = policy.figures([*keys, "limit.adjustment.collective"], unit=count.unit, on=count.unit.day(at))
    return {role: figures[f"limit.adjustment.{role}"].value for role in ROLES}, figures[
        "limit.adjustment.collective"
    ].value


def _book(count: StockCount, deed: Deed, at: datetime) -> int:
    """Book each difference once, in the order of the shelves; gives how many there were.

    Of good pieces: what is promised to jobs or set apart is not lost behind their backs. Own ones are lost before consigned ones.
    """
    off = list(queries.differing(count))
    for line in off:
        # A piece too much is of a lot that lies there; of several the one that may be used least long, so that none is used too long.
        is_found = line.difference > 0 and line.part.tracks_lots
        lot = book.first_lot_in(line.counted_bin.bin, line.part) if is_found else ""
        try:
            stock.adjust(
                line.part,
                line.counted_bin.bin,
                abs(line.difference),
                direction="FOUND" if line.difference > 0 else "LOSS",
                reason=f"{count.number}: {line.cause}",
                document=line.document,
                which=Which(lot=lot, serials=tuple(line.serials.split())),
                by=deed.consequence(),
                at=at,
            )
        except stock.NotEnough as short:
            raise Reserved(part=line.part.name, bin=line.counted_bin.bin.code) from short
    return len(off)


def close(count: StockCount, *, by: Actor, at: datetime) -> StockCount:
    """The count is over, and its bins are free for others. Follows the approval in the same deed.

    raises   WrongState
    """
    with doing("counting.close", on=count, by=by, at=at) as deed:
        set_free(count)
        advance(
            count, to=CountState.CLOSED, arrows=COUNT_ARROWS, by=by, at=at, deed=deed, labels=COUNT_LABELS, closed_at=at
        )
        deed.tell(Closed(count.pk, count.number, count.store_id))
    return count
