"""Every book is the same book: something moves, a positive amount, from one place to another, because of a document.

A line is never edited. It is undone once, by a line that names it. One row has both sides, so a book that does not balance
cannot be written; a place's balance is kept beside it and can always be counted again from the moves.
"""

# ruff: noqa: SLF001, S608  (Django documents _meta and _base_manager; the SQL is made of our own names)

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import connection, models
from django.db.models import BigIntegerField, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from . import turn
from .constraints import AppendOnly, Never, NoOverlap
from .deed import Deed
from .prepared import Prepared
from .refusing import Invalid, Refusal, refusing
from .words import N_, Sentence

# Far above any stock or any till, and a thousand of them still fit into a bigint: no sum can run over.
AMOUNT_MAX = 10**15


class Shortage(Refusal):
    """There is less in that place than is asked for.

    account   the place
    missing   how much more would be needed
    """

    sentence = N_("There is not enough.")

    # The book's own kind of account; which one, only the book knows.
    account: Any
    missing: int

    def __init__(self, account: Any, missing: int) -> None:
        super().__init__()
        self.account, self.missing = account, missing


class AlreadyUndone(Refusal):
    """An entry is undone once."""

    sentence = N_("This entry has already been undone.")


class PeriodClosed(Refusal):
    """The books of that day are closed (G-5)."""

    sentence = N_("The books for that day are closed.")


class DocumentReused(Refusal):
    """The document is in the book already, and says something else there."""

    sentence = N_("This document has already been booked with other entries.")


class Account(models.Model):
    """A place in which something can be; the subclass says which.

    balance           what is there now: the sum of the moves into it, less those out of it
    may_go_negative   a place outside the house, such as a supplier, from which more came than went
    """

    balance = models.BigIntegerField(default=0)
    may_go_negative = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(balance__gte=0) | Q(may_go_negative=True), name="%(class)s_holds_no_less_than_nothing"
            )
        ]


class Move(models.Model):
    """One line of a book. The subclass adds `source` and `target`, and `constraints = book(…)`.

    document    what it is because of; the same document is never booked twice
    line        its place in the document, from 1
    entry_key   the deed that booked it
    """

    amount = models.BigIntegerField()
    document = models.CharField(max_length=120)
    line = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    entry_key = models.UUIDField()

    # What the subclass adds, for the type checker.
    source_id: int
    target_id: int

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.document}/{self.line}"


class ClosedPeriod(models.Model):
    """From `starts_at` until just before `ends_at` nothing more is booked in that unit. The subclass adds `unit`."""

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    entry_key = models.UUIDField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="%(class)s_has_a_length"),
            models.CheckConstraint(condition=Q(closed_at__gte=F("ends_at")), name="%(class)s_is_over"),
            NoOverlap(["unit"], "starts_at", "ends_at", name="%(class)s_closes_once"),
            AppendOnly(name="%(class)s_stays_closed"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d} – {self.ends_at:%Y-%m-%d}"


def book(name: str, *, table: str, periods: str, units: str) -> list[models.BaseConstraint]:
    """Return what makes a table of moves a book.

    name      the move model's name in small letters, with which the constraints' names begin
    table     its table; `periods` the table of its closed periods
    units     SQL that lists the units of the accounts NEW.source_id and NEW.target_id
    """
    undone = (
        "undone.source_id = NEW.target_id AND undone.target_id = NEW.source_id"
        " AND undone.amount = NEW.amount AND undone.undoes_id IS NULL"
    )
    return [
        models.CheckConstraint(condition=Q(amount__gt=0, amount__lte=AMOUNT_MAX), name=f"{name}_moves_something"),
        models.CheckConstraint(condition=~Q(source=F("target")), name=f"{name}_goes_somewhere_else"),
        models.CheckConstraint(condition=~Q(document=""), name=f"{name}_has_a_document"),
        models.UniqueConstraint(fields=["document", "line"], name=f"{name}_is_booked_once"),
        AppendOnly(name=f"{name}_is_never_changed"),
        Never(
            name=f"{name}_undoes_exactly",
            when=f"NEW.undoes_id IS NOT NULL AND NOT EXISTS"
            f" (SELECT 1 FROM {table} AS undone WHERE undone.id = NEW.undoes_id AND {undone})",
        ),
        Never(
            name=f"{name}_period_is_open",
            when=f"EXISTS (SELECT 1 FROM {periods} AS period WHERE NEW.at >= period.starts_at"
            f" AND NEW.at < period.ends_at AND period.unit_id IN ({units}))",
        ),
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is to be booked.

    amount   above nothing; the direction is said by source and target
    extra    further columns of the move
    undoes   the move that this one takes back
    """

    source: Account
    target: Account
    amount: int
    kind: str
    extra: Mapping[str, Any] = field(default_factory=dict)
    undoes: Move | None = None


def post(move_model: type[Any], lines: Sequence[Line], *, document: str, deed: Deed) -> list[Any]:
    """Book the lines of one document, all or none; a document that is in the book already returns its moves.

    The lines are netted per place before any balance is judged, so goods that pass through an empty place within one
    document are not refused for a moment's shortage. Places are locked in the order of their keys, so that two documents
    over the same places wait for each other instead of for ever. Four statements, however many lines there are.

    raises   Shortage, PeriodClosed, AlreadyUndone, DocumentReused
    source   INV-1, INV-3, G-5, F08, F09, F24
    """
    if not lines:
        return []
    for line in lines:
        if type(line.amount) is not int or not 0 < line.amount <= AMOUNT_MAX:
            raise ValueError(f"{line.amount!r} is nothing that a book can move.")
        if line.source.pk == line.target.pk:
            raise ValueError(f"{document} moves something to where it already is.")
    accounts = lock({account.pk: account for line in lines for account in (line.source, line.target)}.values())
    # After the lock: whoever booked the same document a moment ago has finished, and is seen. Nobody has booked a number that was
    # drawn in this very turn.
    earlier = [] if turn.is_first(document) else _EARLIER(move_model, document=document)
    if earlier:
        return _same(earlier, lines)
    changes = _net(lines)
    for pk, change in changes.items():
        account = accounts[pk]
        if account.balance + change < 0 and not account.may_go_negative:
            raise Shortage(account, -(account.balance + change))
    return _write(move_model, lines, accounts, changes, document=document, deed=deed)


_EARLIER: Prepared[Any] = Prepared(
    lambda model, *, document: model._base_manager.filter(document=document).order_by("line")
)


def undo(
    moves: Sequence[Any], *, document: str, deed: Deed, kind: str = "UNDO", extra: Mapping[str, Any] | None = None
) -> list[Any]:
    """Take moves back by moves the other way, which name what they undo; each can be taken back once.

    extra    further columns of the new moves
    raises   AlreadyUndone, Shortage when it is no longer where it went, PeriodClosed
    """
    if not moves:
        return []
    move_model = type(moves[0])
    ends = move_model._base_manager.filter(pk__in=[move.pk for move in moves])
    found = ends.select_related("source", "target").order_by("pk")
    lines = [Line(row.target, row.source, row.amount, kind, extra or {}, undoes=row) for row in found]
    return post(move_model, lines, document=document, deed=deed)


def lock(accounts: Any) -> dict[int, Any]:
    """Lock these places until the deed is done, in the order of their keys, and return them as they are now."""
    rows = list(accounts)
    locked = {row.pk: standing for row in rows if (standing := turn.kept(row)) is not None}
    if rest := {row.pk for row in rows} - locked.keys():
        locked |= {row.pk: turn.keep(row) for row in _LOCKED(type(rows[0]), keys=sorted(rest))}
    return locked


def lockable(model: type[Any]) -> models.QuerySet[Any]:
    """Places as they are locked: in the order of their keys."""
    # no_key: whoever only points at the place, as a move's foreign key does, need not wait.
    rows: models.QuerySet[Any] = model._base_manager.order_by("pk").select_for_update(no_key=True)
    return rows


_LOCKED: Prepared[Any] = Prepared(lambda model, *, keys: lockable(model).filter(pk__in=keys))


def close(
    period_model: type[Any],
    accounts: models.QuerySet[Any],
    *,
    unit: Any,
    starts_at: datetime,
    ends_at: datetime,
    deed: Deed,
) -> Any:
    """Close the book of a unit for a time that is over; `accounts` are its places.

    raises   Invalid, PeriodClosed when part of that time is closed already
    source   G-5, I13
    """
    if not starts_at < ends_at <= deed.at:
        raise Invalid(Sentence(N_("Only a time that is over can be closed.")), field="ends_at")
    # Whoever is booking now holds a place of the unit; after this lock, the last of them has finished.
    places = list(accounts)
    if places:
        lock(places)
    with refusing(**{f"{period_model._meta.model_name}_closes_once": PeriodClosed}):
        period = period_model.objects.create(
            unit=unit,
            starts_at=starts_at,
            ends_at=ends_at,
            closed_at=deed.at,
            person_id=deed.by.person_id,
            actor_name=deed.by.name,
            entry_key=deed.key,
        )
    deed.about(period)
    return period


def mismatches(move_model: type[Any]) -> Iterator[tuple[Any, int]]:
    """Yield each place whose balance is not what its moves say, with what they say.

    One statement, so that it sees one moment even while others are booking.
    """
    came, went = (
        Coalesce(
            Subquery(
                move_model._base_manager.filter(**{end: OuterRef("pk")})
                .order_by()
                .values(end)
                .annotate(sum=Sum("amount"))
                .values("sum"),
                output_field=BigIntegerField(),
            ),
            Value(0, output_field=BigIntegerField()),
        )
        for end in ("target", "source")
    )
    account_model = move_model._meta.get_field("source").related_model
    for account in account_model._base_manager.annotate(counted=came - went).exclude(balance=F("counted")):
        yield account, account.counted


def _same(earlier: Sequence[Any], lines: Sequence[Line]) -> list[Any]:
    booked = [(move.source_id, move.target_id, move.amount, move.kind) for move in earlier]
    asked = [(line.source.pk, line.target.pk, line.amount, line.kind) for line in lines]
    if booked != asked:
        raise DocumentReused
    return list(earlier)


def _net(lines: Sequence[Line]) -> dict[int, int]:
    """Return what changes per place; places where nothing does are left out."""
    net: dict[int, int] = defaultdict(int)
    for line in lines:
        net[line.source.pk] -= line.amount
        net[line.target.pk] += line.amount
    return {pk: change for pk, change in net.items() if change}


def _change(account_model: type[Any], changes: Mapping[int, int]) -> None:
    """Each balance by its own amount, in one statement; Django takes ten times as long for writing it as the database for doing it."""
    cases, keys = " ".join(["WHEN %s THEN %s"] * len(changes)), ", ".join(["%s"] * len(changes))
    table = connection.ops.quote_name(account_model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET balance = balance + CASE id {cases} END WHERE id IN ({keys})",
            [*chain.from_iterable(changes.items()), *changes],
        )


def _write(
    move_model: type[Any],
    lines: Sequence[Line],
    accounts: Mapping[int, Any],
    changes: Mapping[int, int],
    *,
    document: str,
    deed: Deed,
) -> list[Any]:
    name = move_model._meta.model_name
    if changes:
        _change(type(lines[0].source), changes)
    moves = [
        move_model(
            source_id=line.source.pk,
            target_id=line.target.pk,
            amount=line.amount,
            document=document,
            line=number,
            kind=line.kind,
            at=deed.at,
            undoes=line.undoes,
            entry_key=deed.key,
            **line.extra,
        )
        for number, line in enumerate(lines, start=1)
    ]
    once = move_model._meta.get_field("undoes").column
    said: dict[str, Any] = {
        f"{name}_period_is_open": PeriodClosed,
        f"{name}_undoes_exactly": AlreadyUndone,
        f"{move_model._meta.db_table}_{once}": AlreadyUndone,
    }
    with refusing(**said):
        booked = list(move_model._base_manager.bulk_create(moves))
    for pk, by in changes.items():
        accounts[pk].balance += by
    return booked
