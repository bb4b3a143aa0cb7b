"""A refusal is a sentence in the trade's words, also when the database is the one that refuses."""

# ruff: noqa: SLF001  (Django documents _meta)

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import IntegrityError, OperationalError, connection, models, transaction

from .words import N_, Sentence


class Refusal(Exception):
    """What was asked is not done, and this is why.

    sentence   what is the matter; `params` fill its blanks
    because    further sentences, such as the reasons of a verdict
    field      the field of the form that the sentence stands beside, if any
    status     the HTTP status that a machine gets
    """

    sentence: str = N_("This cannot be done.")
    field: str | None = None
    status: int = 409
    # What must be written although the deed is undone, such as that a code was wrong: a deed of its own, done after it.
    afterwards: Callable[[], object] | None = None

    def __init__(self, *because: Sentence | Iterable[Sentence], field: str | None = None, **params: Any) -> None:
        super().__init__()
        self.because: tuple[Sentence, ...] = tuple(_flat(because))
        self.params = params
        if field is not None:
            self.field = field

    @property
    def code(self) -> str:
        """The name that machines know it by: `WindowTaken` is `window_taken`."""
        return code_of(type(self))

    def __str__(self) -> str:
        return " ".join(str(each) for each in (Sentence(self.sentence, self.params), *self.because))


def code_of(refusal: type[Refusal]) -> str:
    """The name that machines know a refusal by: `NotANumber` is `not_a_number`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", refusal.__name__).lower()


def _flat(because: Iterable[Any]) -> Iterator[Sentence]:
    for each in because:
        if isinstance(each, Sentence):
            yield each
        elif isinstance(each, str):
            raise TypeError("A reason is a Sentence, so that it can be translated.")
        else:
            yield from each


class NotAllowed(Refusal):
    """The actor has no right to this verb here."""

    sentence = N_("You may not do this here.")
    status = 403


class WrongState(Refusal):
    """The life of the row has no such arrow from where it stands.

    allowed   the states that it may go to from here
    """

    sentence = N_("This is not possible at this point.")

    def __init__(
        self, *because: Sentence, allowed: Iterable[str] = (), field: str | None = None, **params: Any
    ) -> None:
        super().__init__(*because, field=field, **params)
        self.allowed: list[str] = [str(each) for each in allowed]


class NotApproved(Refusal):
    """Nobody else has approved exactly this."""

    sentence = N_("This needs the approval of another person first.")


class Invalid(Refusal):
    """One field is not as it must be; name the field and say why."""

    sentence = N_("This value is not valid.")
    status = 422

    def __str__(self) -> str:
        # The reason says it all: beside its field nobody needs to read first that the field is wrong.
        return " ".join(str(each) for each in self.because) or super().__str__()


class KeyReused(Refusal):
    """The idempotency key belongs to an earlier, different request."""

    sentence = N_("This key was already used for a different request.")
    status = 422


class InFlight(Refusal):
    """The first request with this idempotency key is still being answered."""

    sentence = N_("The same request is being answered at this moment. Ask again shortly.")
    # A verb takes tenths of a second; a second later its answer is there.
    retry_after_s = 1


class NotOffered(Refusal):
    """Declared in the tables, and not yet built."""

    sentence = N_("This is not offered yet.")


class TryAgain(Refusal):
    """Two were at the same rows at once, and the database let the other one go on: nothing of ours was done (F24).

    retry_after_s   when it is worth trying again; the other one has finished by then
    """

    sentence = N_(
        "Somebody else is working on the same thing right now. Nothing was changed. Please try again in a moment."
    )
    status = 503
    retry_after_s = 1


# PostgreSQL's names for it: serialization failure, deadlock, a lock that did not come in time.
CONTENTION = frozenset({"40001", "40P01", "55P03"})


@contextmanager
def taking_turns() -> Iterator[None]:
    """Say a lost race in plain words; stands around a whole transaction, which may then be done again.

    raises   TryAgain
    """
    try:
        yield
    except OperationalError as error:
        if not is_contention(error):
            raise
        raise TryAgain from error


def is_contention(error: OperationalError) -> bool:
    """Whether the database only asks us to come again, and is not away or broken."""
    return getattr(error.__cause__, "sqlstate", "") in CONTENTION or "database is locked" in str(error)


@contextmanager
def refusing(**refusals: type[Refusal] | Refusal) -> Iterator[None]:
    """Say a broken constraint in the trade's words: `refusing(assignment_no_double_booking=WindowTaken)`.

    A column that is `unique=True` is named `<table>_<column>`. Any other IntegrityError passes through.
    """
    try:
        yield
    except IntegrityError as error:
        for name in broken_constraints(error):
            if refusal := refusals.get(name):
                if connection.in_atomic_block:
                    # PostgreSQL has given up the transaction already. SQLite has not: it must not go on half done.
                    transaction.set_rollback(True)
                raise (refusal() if isinstance(refusal, type) else refusal) from error
        raise


def broken_constraints(error: IntegrityError) -> list[str]:
    """The names of the constraint that the database complains of; several where it cannot tell them apart."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return _named_by_postgresql(diagnosis)
    return _named_by_sqlite(str(error))


def _named_by_postgresql(diagnosis: Any) -> list[str]:
    name = diagnosis.constraint_name
    if not name:
        return [str(diagnosis.message_primary)]  # a trigger that raised its own name
    # A unique column has a name that PostgreSQL or Django made up: table_column_key, table_column_1f2e3d4c_uniq.
    return [name, re.sub(r"_key$|_[0-9a-f]{8}_uniq$", "", name)]


def _named_by_sqlite(message: str) -> list[str]:
    kind, _, rest = message.partition(" constraint failed: ")
    if not rest:
        return [message]  # a trigger that raised its own name
    if kind != "UNIQUE":
        return [rest]
    if rest.startswith("index "):
        return [rest.removeprefix("index ").strip("'")]
    table = rest.partition(".")[0]
    columns = tuple(each.strip().partition(".")[2] for each in rest.split(","))
    return list(_unique_over(table, columns))


def _unique_over(table: str, columns: tuple[str, ...]) -> Iterator[str]:
    """SQLite tells the columns and not the name, so look for the constraint that stands over them."""
    if len(columns) == 1:
        yield f"{table}_{columns[0]}"
    model = next((each for each in apps.get_models() if each._meta.db_table == table), None)
    if model is None:
        return
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            named = (getattr(model._meta.get_field(each), "column", None) for each in constraint.fields)
            if tuple(named) == columns:
                yield constraint.name
