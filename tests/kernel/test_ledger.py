"""Every book is the same book: it balances, it is never edited, and what is done twice is done once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import IntegrityError, connection, models, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from guiju.kernel import ledger
from guiju.kernel.deed import doing
from guiju.kernel.ledger import Account, AlreadyUndone, ClosedPeriod, DocumentReused, Line, Move, PeriodClosed, Shortage
from tests.kernel.conftest import HERE, NOON, person
from tests.kernel.trial import standing

trial = Apps()
MA = person(1, "Ma", "OM", HERE)


class House(models.Model):
    class Meta:
        apps, app_label = trial, "trial"


class Barn(Account):
    name = models.CharField(max_length=20)
    unit = models.ForeignKey(House, models.PROTECT, related_name="+")

    class Meta(Account.Meta):
        apps, app_label = trial, "trial"


class Shut(ClosedPeriod):
    unit = models.ForeignKey(House, models.PROTECT, related_name="+")

    class Meta(ClosedPeriod.Meta):
        apps, app_label = trial, "trial"


class Haul(Move):
    source = models.ForeignKey(Barn, models.PROTECT, related_name="+")
    target = models.ForeignKey(Barn, models.PROTECT, related_name="+")
    carter = models.CharField(max_length=20, blank=True)

    class Meta:
        apps, app_label = trial, "trial"
        constraints = ledger.book(
            "haul",
            table="trial_haul",
            periods="trial_shut",
            units="SELECT unit_id FROM trial_barn WHERE id IN (NEW.source_id, NEW.target_id)",
        )


@pytest.fixture
def barns(transactional_db: None) -> Iterator[dict[str, Barn]]:
    with standing([House, Barn, Shut, Haul]):
        house = House.objects.create()
        found = {name: Barn.objects.create(name=name, unit=house) for name in ("a", "b", "c")}
        yield found | {"field": Barn.objects.create(name="field", unit=house, may_go_negative=True)}


def haul(*lines: Line, document: str, at: Any = NOON) -> list[Haul]:
    with doing("toy.make", unit_id=HERE, by=MA, at=at) as deed:
        return ledger.post(Haul, lines, document=document, deed=deed)


def undo(moves: Sequence[Haul], document: str) -> list[Haul]:
    with doing("toy.make", unit_id=HERE, by=MA, at=NOON) as deed:
        return ledger.undo(moves, document=document, deed=deed)


def balances() -> dict[str, int]:
    return dict(Barn.objects.values_list("name", "balance"))


@pytest.mark.both_databases
@pytest.mark.shows("INV-1", "INV-3", "I01")
def test_what_leaves_one_place_arrives_in_another(barns):
    (move,) = haul(Line(barns["field"], barns["a"], 5, "CROP", {"carter": "Wu"}), document="H-1")
    assert (move.document, move.line, move.amount, move.carter, move.at) == ("H-1", 1, 5, "Wu", NOON)
    assert balances() == {"a": 5, "b": 0, "c": 0, "field": -5}
    assert list(ledger.mismatches(Haul)) == []


@pytest.mark.both_databases
@pytest.mark.shows("F08")
def test_a_document_is_booked_once(barns):
    line = Line(barns["field"], barns["a"], 5, "CROP")
    assert [m.pk for m in haul(line, document="H-1")] == [m.pk for m in haul(line, document="H-1")]
    assert balances()["a"] == 5
    with pytest.raises(DocumentReused):
        haul(Line(barns["field"], barns["a"], 6, "CROP"), document="H-1")


@pytest.mark.both_databases
@pytest.mark.shows("I02")
def test_no_place_gives_more_than_it_has(barns):
    haul(Line(barns["field"], barns["a"], 5, "CROP"), document="H-1")
    with pytest.raises(Shortage) as short:
        haul(Line(barns["a"], barns["b"], 7, "MOVE"), document="H-2")
    assert (short.value.account.name, short.value.missing) == ("a", 2)
    assert balances() == {"a": 5, "b": 0, "c": 0, "field": -5}
    haul(Line(barns["a"], barns["b"], 5, "MOVE"), document="H-2")


@pytest.mark.both_databases
def test_goods_may_pass_through_an_empty_place_within_one_document(barns):
    haul(Line(barns["field"], barns["a"], 5, "CROP"), document="H-1")
    haul(Line(barns["b"], barns["c"], 5, "MOVE"), Line(barns["a"], barns["b"], 5, "MOVE"), document="H-2")
    assert balances() == {"a": 0, "b": 0, "c": 5, "field": -5}
    haul(Line(barns["a"], barns["b"], 1, "MOVE"), Line(barns["b"], barns["a"], 1, "MOVE"), document="H-3")
    assert list(ledger.mismatches(Haul)) == []


@pytest.mark.both_databases
@pytest.mark.shows("F26")
def test_what_was_done_is_undone_once_by_moves_that_name_it(barns):
    moves = haul(Line(barns["field"], barns["a"], 5, "CROP"), Line(barns["a"], barns["b"], 2, "MOVE"), document="H-1")
    back = undo(moves, "H-2")
    assert [move.undoes_id for move in back] == [move.pk for move in moves]
    assert set(balances().values()) == {0}
    assert [m.pk for m in undo(moves, "H-2")] == [m.pk for m in back]
    haul(Line(barns["field"], barns["a"], 9, "CROP"), Line(barns["field"], barns["b"], 9, "CROP"), document="H-3")
    with pytest.raises(AlreadyUndone):
        undo(moves, "H-4")
    with pytest.raises(AlreadyUndone):
        undo(back, "H-5")
    assert balances() == {"a": 9, "b": 9, "c": 0, "field": -18}


def test_nothing_is_booked_for_no_lines_and_nothing_goes_to_where_it_is(barns):
    assert haul(document="H-1") == []
    assert undo([], "H-2") == []
    with pytest.raises(ValueError, match="to where it already is"):
        haul(Line(barns["a"], barns["a"], 5, "MOVE"), document="H-3")
    assert not Haul.objects.exists()


@pytest.mark.both_databases
@pytest.mark.shows("G-5")
def test_a_closed_period_takes_no_move(barns):
    Shut.objects.create(
        unit=House.objects.get(),
        starts_at=NOON - timedelta(days=2),
        ends_at=NOON - timedelta(days=1),
        closed_at=NOON,
        entry_key="0" * 32,
    )
    line = Line(barns["field"], barns["a"], 5, "CROP")
    with pytest.raises(PeriodClosed):
        haul(line, document="H-1", at=NOON - timedelta(days=2))
    haul(line, document="H-1", at=NOON - timedelta(days=1))
    haul(line, document="H-2", at=NOON - timedelta(days=2, microseconds=1))
    assert balances()["a"] == 10


@pytest.mark.both_databases
@pytest.mark.shows("I08", "INV-1")
@pytest.mark.parametrize(
    ("name", "bend"),
    [
        ("haul_is_never_changed", lambda move, barns: Haul.objects.filter(pk=move.pk).update(amount=6)),
        ("haul_is_never_changed", lambda move, barns: move.delete()),
        ("haul_moves_something", lambda move, barns: write(move, amount=0)),
        ("haul_moves_something", lambda move, barns: write(move, amount=10**15 + 1)),
        ("haul_goes_somewhere_else", lambda move, barns: write(move, target=barns["field"])),
        ("haul_has_a_document", lambda move, barns: write(move, document="")),
        ("haul_undoes_exactly", lambda move, barns: write(move, undoes=move)),
        (
            "haul_undoes_exactly",
            lambda move, barns: write(move, undoes=move, source=barns["a"], target=barns["field"], amount=4),
        ),
        ("barn_holds_no_less_than_nothing", lambda move, barns: Barn.objects.filter(name="a").update(balance=-1)),
    ],
)
def test_the_database_itself_refuses_a_bent_book(barns, name, bend):
    (move,) = haul(Line(barns["field"], barns["a"], 5, "CROP"), document="H-1")
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        bend(move, barns)


def write(move: Haul, **changed: Any) -> None:
    fields = {f.name: getattr(move, f.name) for f in Haul._meta.concrete_fields if f.name != "id"}
    Haul.objects.create(**fields | {"document": "H-9"} | changed)


@pytest.mark.parametrize("amount", [0, -1, 10**15 + 1, 1.0, True], ids=str)
def test_nothing_is_no_move(barns, amount):
    with pytest.raises(ValueError, match="nothing that a book can move"):
        haul(Line(barns["field"], barns["a"], amount, "CROP"), document="H-1")


def test_counting_again_notices_a_balance_that_was_bent(barns):
    haul(Line(barns["field"], barns["a"], 5, "CROP"), document="H-1")
    Barn.objects.filter(name="a").update(balance=4)
    Barn.objects.filter(name="c").update(balance=1)
    assert [(barn.name, barn.balance, counted) for barn, counted in ledger.mismatches(Haul)] == [
        ("a", 4, 5),
        ("c", 1, 0),
    ]


@pytest.mark.both_databases
@pytest.mark.parametrize("count", [1, 12])
def test_booking_costs_four_statements_however_many_lines(barns, count, django_assert_num_queries):
    lines = [Line(barns["field"], barns["a"], 1, "CROP")] * count
    with doing("toy.make", unit_id=HERE, by=MA, at=NOON) as deed:
        with django_assert_num_queries(4):
            ledger.post(Haul, lines, document="H-1", deed=deed)
        # The places are ours since then: the document alone is looked for.
        with django_assert_num_queries(1):
            ledger.post(Haul, lines, document="H-1", deed=deed)
    with django_assert_num_queries(1):
        assert list(ledger.mismatches(Haul)) == []


class Book(RuleBasedStateMachine):
    """Random documents, against a plain dict that nets lines and refuses what would fall below nothing."""

    places = st.sampled_from(["a", "b", "c", "field"])

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.model: Counter[str] = Counter()
        self.documents: dict[str, list[Haul]] = {}
        self.undone: set[str] = set()

    @initialize()
    def begin(self) -> None:
        house = House.objects.create()
        Barn.objects.all().delete()
        self.barns = {
            name: Barn.objects.create(name=name, unit=house, may_go_negative=name == "field")
            for name in ("a", "b", "c", "field")
        }

    def would_fall(self, lines: list[tuple[str, str, int]]) -> bool:
        after = self.model.copy()
        for source, target, amount in lines:
            after[source] -= amount
            after[target] += amount
        return any(after[name] < 0 for name in "abc" if after[name] != self.model[name])

    def apply(self, lines: list[tuple[str, str, int]]) -> None:
        for source, target, amount in lines:
            self.model[source] -= amount
            self.model[target] += amount

    @rule(
        lines=st.lists(
            st.tuples(places, places, st.integers(1, 9)).filter(lambda line: line[0] != line[1]), min_size=1, max_size=4
        ),
        number=st.integers(1, 12),
    )
    def post(self, lines: list[tuple[str, str, int]], number: int) -> None:
        document = f"H-{number}"
        asked = [Line(self.barns[source], self.barns[target], amount, "MOVE") for source, target, amount in lines]
        if document in self.documents:
            booked = [(m.source_id, m.target_id, m.amount) for m in self.documents[document]]
            if booked == [(line.source.pk, line.target.pk, line.amount) for line in asked]:
                assert [m.pk for m in self.attempt(asked, document)] == [m.pk for m in self.documents[document]]
            else:
                with pytest.raises(DocumentReused):
                    self.attempt(asked, document)
        elif self.would_fall(lines):
            with pytest.raises(Shortage):
                self.attempt(asked, document)
        else:
            self.documents[document] = self.attempt(asked, document)
            self.apply(lines)

    @rule(number=st.integers(1, 12))
    def undo(self, number: int) -> None:
        document = f"H-{number}"
        if document not in self.documents:
            return
        names = {barn.pk: name for name, barn in self.barns.items()}
        moves = self.documents[document]
        back = [(names[m.target_id], names[m.source_id], m.amount) for m in moves]
        if document in self.undone:
            with pytest.raises((AlreadyUndone, Shortage)), transaction.atomic():
                undo(moves, f"{document}-again")
        elif self.would_fall(back):
            with pytest.raises(Shortage), transaction.atomic():
                undo(moves, f"{document}-back")
        else:
            undo(moves, f"{document}-back")
            self.undone.add(document)
            self.apply(back)

    def attempt(self, lines: list[Line], document: str) -> list[Haul]:
        with transaction.atomic():
            return haul(*lines, document=document)

    @invariant()
    def the_book_agrees_with_the_model(self) -> None:
        if hasattr(self, "barns"):
            assert balances() == {name: self.model[name] for name in self.barns}
            assert list(ledger.mismatches(Haul)) == []
            assert sum(balances().values()) == 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)


@pytest.mark.both_databases
@pytest.mark.shows("INV-1", "I01", "I02", "I03", "F08")
def test_any_walk_through_the_book_agrees_with_a_plain_dict(barns):
    run_state_machine_as_test(Book, settings=settings(max_examples=25, stateful_step_count=20, deadline=None))


@pytest.mark.postgres
@pytest.mark.shows("F08", "F24")
def test_crossing_documents_neither_deadlock_nor_double(barns):
    haul(Line(barns["field"], barns["a"], 100, "CROP"), Line(barns["field"], barns["b"], 100, "CROP"), document="H-0")
    failures: list[BaseException] = []
    barrier = threading.Barrier(8)

    def carry(number: int) -> None:
        one, other = (barns["a"], barns["b"]) if number % 2 else (barns["b"], barns["a"])
        try:
            barrier.wait()
            for turn in range(10):
                # Pairs of threads book the same document at the same time.
                haul(Line(one, other, 1, "MOVE"), document=f"H-{number // 4}-{number % 2}-{turn}")
        except Exception as failure:  # noqa: BLE001 - whatever it is, the main thread shall show it
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=carry, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Haul.objects.count() == 2 + 40
    assert balances() == {"a": 100, "b": 100, "c": 0, "field": -200}
    assert list(ledger.mismatches(Haul)) == []
