"""A transfer between two stores: what was sent came, is on the way, or was declared lost by a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from guiju.books.stock import actions as stock
from guiju.books.stock import queries as book
from guiju.books.stock.actions.picking import Pick, Wish
from guiju.books.stock.models import Bin, Store
from guiju.books.stock.rules import Condition, Owner, Which
from guiju.kernel import verification
from guiju.kernel.models import News
from guiju.kernel.refusing import Invalid, NotAllowed, WrongState
from guiju.readiness.transfers import actions as transfers
from guiju.readiness.transfers import queries
from guiju.readiness.transfers.models import Arrival, Loss, Transfer, TransferLine
from guiju.readiness.transfers.rules import State, on_the_way, state_after
from guiju.standing.catalogue.models import Part
from tests.books.conftest import person, refused
from tests.cast import NOON, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@dataclass
class Two:
    """Two stores, and the people of each."""

    cast: Cast
    board: Part
    source: Store
    shelf: Bin
    target: Store
    there: Bin

    def __getattr__(self, name: str) -> Any:
        return self.cast.actors[name]

    def asked(self, quantity: int = 10, **said: Any) -> Transfer:
        """Guangzhou asks Foshan."""
        told = {
            "source": self.source,
            "target": self.target,
            "wishes": [Wish(self.board, quantity)],
            "reason": "Two jobs wait",
            "by": self.tang,
        }
        return transfers.request(**told | {"at": NOON} | said)

    def send(self, transfer: Transfer, quantity: int = 10, **said: Any) -> Transfer:
        """Foshan sends."""
        told = {
            "picks": [Pick(self.board, self.shelf, quantity)],
            "carrier": "Our own van",
            "by": self.shen,
            "at": NOON,
        }
        return transfers.send(transfer, **told | said)

    def receive(self, transfer: Transfer, quantity: int, **said: Any) -> Transfer:
        """Guangzhou receives."""
        told = {"part": self.board, "bin": self.there, "quantity": quantity, "by": self.tang, "at": NOON}
        return transfers.receive(transfer, **told | said)

    def lose(self, transfer: Transfer, quantity: int, **said: Any) -> Transfer:
        """Guangzhou's manager declares a loss."""
        told = {"part": self.board, "quantity": quantity, "cause": "SHORT", "reason": "The box was open", "by": self.he}
        return transfers.declare_loss(transfer, **told | {"at": NOON} | said)


@pytest.fixture
def two(cast: Cast) -> Two:
    def furnish(unit: str, code: str, manager: str) -> tuple[Store, Bin]:
        by = cast.actors[manager]
        store = stock.open_store(cast.units[unit], code=code, names={}, kind="OUTLET", by=by, at=NOON)
        return store, stock.add_bin(store, code="A-1", by=by, at=NOON)

    board = Part.objects.create(code="PCB-01", names={"en": "Main board"}, folded="pcb01")
    found = Two(cast, board, *furnish("FS01", "MAIN", "ma"), *furnish("GZ02", "OUT", "he"))
    stock.receive(board, found.shelf, 12, document="GRN-1", by=cast.actors["shen"], at=NOON)
    return found


@pytest.mark.shows("EX-15", "INV-5", "F04")
def test_ten_go_out_nine_come_in_and_the_paper_stays_open_until_the_tenth_is_declared_lost(two):
    """EX-15: out 10, received 9: in transit 0 only with a loss declaration of 1, else the document stays open."""
    transfer = two.asked()
    assert (transfer.state, transfer.from_code, transfer.to_code) == ("REQUESTED", "MAIN", "OUT")
    transfer = two.send(transfer)
    assert (transfer.state, book.on_hand(two.board, two.source), book.on_hand(two.board, two.target)) == ("SENT", 2, 0)
    transfer = two.receive(transfer, 7)
    transfer = two.receive(transfer, 2, condition="DEFECTIVE")
    assert (transfer.state, transfer.lines.get().on_the_way, transfer.ended_at) == ("PART_RECEIVED", 1, None)
    assert (book.available(two.board, two.target), book.on_hand(two.board, two.target)) == (7, 9)
    # Neither who sent it nor who received the rest says that it is lost: the same person in another role does not either.
    both = person(two.tang.person_id, "tang", "OM", two.cast.units["GZ02"])
    with pytest.raises(transfers.SecondPersonNeeded):
        two.lose(transfer, 1, by=both)
    with pytest.raises(transfers.SecondPersonNeeded):
        two.lose(transfer, 1, by=person(two.shen.person_id, "shen", "FI", two.cast.units["FS01"]))
    transfer = two.lose(transfer, 1)
    assert (transfer.state, transfer.ended_at) == ("CLOSED", NOON)
    assert book.on_the_way(transfer.number) == {two.board.pk: 0}
    told = [each.kind for each in News.objects.filter(kind__startswith="transfers.").order_by("pk")]
    assert told == [
        f"transfers.{each}" for each in ("Requested", "Sent", "Arrived", "Arrived", "LossDeclared", "Closed")
    ]
    assert verification.run() == []


def test_the_arithmetic_of_a_line():
    assert on_the_way(sent=10, received=9, lost=0) == 1
    assert (state_after(on_the_way=1), state_after(on_the_way=0)) == (State.PART_RECEIVED, State.CLOSED)


@pytest.mark.shows("INV-5", "F04")
def test_what_came_good_for_nothing_is_scrap_and_consigned_pieces_stay_consigned(two):
    stock.receive(
        two.board, two.shelf, 3, document="GRN-2", which=Which(owner=Owner.HQ_CONSIGNED), by=two.shen, at=NOON
    )
    picks = [Pick(two.board, two.shelf, 2), Pick(two.board, two.shelf, 3, Which(owner=Owner.HQ_CONSIGNED))]
    transfer = two.send(two.asked(6), picks=picks)
    transfer = two.lose(two.receive(transfer, 4), 1, cause="DAMAGED", reason="Wet through")
    assert transfer.state == "CLOSED"
    owners = {each.owner: each.quantity for each in book.pieces_of(two.board, by=two.tang)}
    assert owners == {"OWN": 2, "HQ_CONSIGNED": 2}


@pytest.mark.parametrize(
    ("refusal", "verb", "said"),
    [
        (transfers.SameStore, "asked", {"target": "source", "by": "shen"}),
        (Invalid, "asked", {"wishes": []}),
        (Invalid, "asked", {"wishes": "twice"}),
        (Invalid, "asked", {"quantity": 0}),
        (Invalid, "asked", {"reason": " "}),
        (Invalid, "asked", {"need_by": NOON.date() - timedelta(days=1)}),
        (Invalid, "send", {"picks": []}),
        (transfers.MoreThanAsked, "send", {"quantity": 11}),
        (transfers.BinElsewhere, "send", {"picks": "there"}),
        (transfers.NotOnThisTransfer, "send", {"picks": "fan"}),
        (stock.NotEnough, "send", {"picks": "too many"}),
        (WrongState, "receive", {"quantity": 1, "unsent": True}),
        (WrongState, "lose", {"quantity": 1, "unsent": True}),
        (transfers.MoreThanSent, "receive", {"quantity": 11}),
        (Invalid, "receive", {"quantity": 0}),
        (transfers.BinElsewhere, "receive", {"quantity": 1, "bin": "shelf"}),
        (transfers.MoreThanSent, "lose", {"quantity": 11}),
        (Invalid, "lose", {"quantity": 1, "reason": ""}),
    ],
    ids=lambda each: str(each)[-60:],
)
def test_each_refusal_is_a_sentence_and_changes_nothing(two, refusal, verb, said):
    fan = Part.objects.create(code="FAN-1", names={"en": "Fan"}, folded="fan1")
    transfer = None if verb == "asked" else two.asked(20 if said.get("picks") == "too many" else 10)
    if verb in {"receive", "lose"} and not said.pop("unsent", False):
        two.send(transfer)
    words = {
        "source": two.source, "shen": two.shen, "shelf": two.shelf, "twice": [Wish(two.board, 1), Wish(two.board, 2)],
        "there": [Pick(two.board, two.there, 1)], "fan": [Pick(fan, two.shelf, 1)],
        "too many": [Pick(two.board, two.shelf, 20)],
    }  # fmt: skip
    said = {name: words.get(value, value) if isinstance(value, str) else value for name, value in said.items()}
    before = book.on_hand(two.board, two.source), book.on_hand(two.board, two.target)
    with pytest.raises(refusal) as told:
        getattr(two, verb)(*([transfer] if transfer else []), **said)
    assert str(told.value)
    assert before == (book.on_hand(two.board, two.source), book.on_hand(two.board, two.target))
    assert not Arrival.objects.exists()
    assert not Loss.objects.exists()


@pytest.mark.shows("G-2", "G-3")
@pytest.mark.parametrize(
    ("verb", "right", "wrong", "at_sender"),
    [("send", "SK", "OM", True), ("receive", "SK", "OM", False), ("declare_loss", "FI", "SK", False), ("refuse", "SK", "TE", True),
     ("cancel", "OM", "CA", False)],
)  # fmt: skip
def test_each_end_does_its_own(two, verb, right, wrong, at_sender):
    transfer = two.asked()
    if verb in {"receive", "declare_loss"}:
        two.send(transfer)
    said: dict[str, Any] = {
        "send": {"picks": [Pick(two.board, two.shelf, 1)]}, "receive": {"part": two.board, "bin": two.there, "quantity": 1},
        "declare_loss": {"part": two.board, "quantity": 1, "cause": "SHORT", "reason": "Gone"}, "refuse": {"reason": "None here"},
        "cancel": {"reason": "Not needed"},
    }[verb]  # fmt: skip
    units = two.cast.units["FS01"], two.cast.units["GZ02"]
    mine, other = units if at_sender else units[::-1]
    nobodys = [person(two.lin.person_id, "Wrong role", wrong, mine)]
    if verb != "declare_loss":
        nobodys.append(person(two.lin.person_id, "Wrong end", right, other))
    for by in nobodys:
        with pytest.raises(NotAllowed):
            getattr(transfers, verb)(transfer, **said, by=by, at=NOON)
    assert getattr(transfers, verb)(transfer, **said, by=person(two.lin.person_id, "Right", right, mine), at=NOON)


def test_before_it_is_sent_it_can_be_refused_or_cancelled_with_a_reason(two):
    transfer = two.asked()
    with pytest.raises(Invalid):
        transfers.refuse(transfer, reason="", by=two.shen, at=NOON)
    assert transfers.refuse(transfer, reason="We need them ourselves", by=two.shen, at=NOON).end_reason
    with pytest.raises(WrongState):
        two.send(transfer)
    other = transfers.cancel(two.asked(), reason="The job is cancelled", by=two.tang, at=NOON)
    assert (other.state, other.ended_at) == ("CANCELLED", NOON)
    assert [each.payload["is_refused"] for each in News.objects.filter(kind="transfers.NotSent").order_by("pk")] == [
        True,
        False,
    ]


@pytest.mark.shows("F04", "G-3")
def test_what_is_on_the_way_ages_and_is_seen_from_both_ends(two):
    old, new = two.send(two.asked(2), 2), two.asked(3)
    two.send(new, 3, at=NOON + timedelta(days=5))
    then = NOON + timedelta(days=8)
    for by in (two.shen, two.tang, two.an):
        rows = queries.under_way(by=by, at=then)
        assert [(row.transfer.number, row.days, row.pieces, row.is_late) for row in rows] == [
            (old.number, 8, 2, True), (new.number, 3, 3, False)
        ]  # fmt: skip
    stranger = person(99, "Elsewhere", "SK", two.cast.units["SD"])
    assert queries.under_way(by=stranger, at=then) == []
    assert set(queries.waiting(by=two.tang)) == {old, new}
    assert set(queries.waiting(by=two.shen)) == set()
    assert [each.store for each in queries.stores()] == [two.source, two.target]
    assert queries.store_anywhere("fs01", "main") == two.source
    with pytest.raises(NotAllowed):
        two.asked(by=stranger)
    # The sender may also announce what he sends.
    assert two.asked(1, by=two.shen).requested_by_id == two.shen.person_id


@pytest.mark.no_books
@pytest.mark.shows("INV-5")
@pytest.mark.parametrize(
    ("name", "bend"),
    [
        ("transferline_sends_no_more_than_asked", lambda line: line.update(sent=11)),
        ("transferline_receives_no_more_than_sent", lambda line: line.update(received=11)),
        ("transferline_asks_for_something", lambda line: line.update(wanted=0)),
        ("transfer_goes_to_another_store", lambda line: of(line).update(target=of(line).get().source)),
        ("transfer_says_what_for", lambda line: of(line).update(reason="")),
        ("transfer_is_in_a_known_state", lambda line: of(line).update(state="LOST")),
        ("transfer_that_ended_says_when", lambda line: of(line).update(ended_at=NOON)),
        ("transfer_under_way_was_sent_by_somebody", lambda line: of(line).update(sent_by=None)),
        ("transfer_not_sent_says_why", lambda line: of(line).update(state="REFUSED", ended_at=NOON)),
        ("transfer_closes_with_nothing_on_the_way", lambda line: of(line).update(state="CLOSED", ended_at=NOON)),
        ("arrival_is_never_changed", lambda line: Arrival.objects.update(quantity=9)),
        ("arrival_is_of_something", lambda line: Arrival.objects.create(**arrival(line), quantity=0)),
        ("transferline_of_a_part_stands_once", lambda line: TransferLine.objects.create(**twin(line))),
        ("loss_is_declared_by_a_second_person", lambda line: lost(line, declared_by_id=of(line).get().sent_by_id)),
        ("loss_says_why", lambda line: lost(line, reason="")),
        ("loss_is_of_something", lambda line: lost(line, quantity=0)),
        ("loss_has_a_known_cause", lambda line: lost(line, cause="MOON")),
        ("loss_is_never_changed", lambda line: (lost(line), Loss.objects.all().delete())),
    ],
)  # fmt: skip
def test_the_database_itself_refuses_a_bent_transfer(two, name, bend):
    transfer = two.receive(two.send(two.asked()), 3)
    with refused(name):
        bend(TransferLine.objects.filter(transfer=transfer))


def of(line: Any) -> Any:
    return Transfer.objects.filter(lines__in=line.values("pk"))


def twin(line: Any) -> dict[str, Any]:
    return {"transfer": line.get().transfer, "part": line.get().part, "wanted": 1}


def arrival(line: Any) -> dict[str, Any]:
    first = Arrival.objects.get()
    return {
        "line": line.get(),
        "bin": first.bin,
        "condition": Condition.GOOD,
        "received_by": first.received_by,
        "received_at": NOON,
    }


def lost(line: Any, **said: Any) -> Loss:
    told = {"line": line.get(), "quantity": 1, "cause": "SHORT", "reason": "Gone", "declared_at": NOON}
    other = of(line).get().requested_by_id + 1000
    from guiju.standing.people.models import Person

    told["declared_by"] = Person.objects.exclude(pk__in=[other]).filter(name="he").get()
    if "declared_by_id" in said:
        told.pop("declared_by")
    return Loss.objects.create(**told | said)


@pytest.mark.no_books
@pytest.mark.shows("INV-5", "EX-15")
def test_the_recount_notices_a_transfer_that_says_otherwise_than_the_book(two):
    transfer = two.receive(two.send(two.asked()), 3)
    assert verification.run() == []
    TransferLine.objects.filter(transfer=transfer).update(received=10)
    found = " ".join(str(each) for each in verification.run())
    assert "the transfer says 0, the book 7" in found
    assert "is open, and nothing of it is on the way" in found
    assert "its papers say 3 and None" in found
