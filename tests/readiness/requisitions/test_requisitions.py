"""Parts for the house's own use: one asks, another signs, a third hands out; the book and the paper say the same (F05, G-5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from guiju.books.stock import actions as stock
from guiju.books.stock import queries as book
from guiju.books.stock.actions.picking import Pick, Wish
from guiju.books.stock.models import Bin, StockMove, Store
from guiju.kernel import verification
from guiju.kernel.models import News
from guiju.kernel.refusing import Invalid, NotAllowed, WrongState
from guiju.readiness.requisitions import actions as requisitions
from guiju.readiness.requisitions import queries
from guiju.readiness.requisitions.models import Requisition, RequisitionLine
from guiju.standing.catalogue.models import Part
from tests.books.conftest import person, refused
from tests.cast import NOON, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@dataclass
class House:
    """A store with twelve brushes in it, and who wants some."""

    cast: Cast
    brush: Part
    store: Store
    shelf: Bin

    def __getattr__(self, name: str) -> Any:
        return self.cast.actors[name]

    def asked(self, quantity: int = 5, **said: Any) -> Requisition:
        told = {"store": self.store, "wishes": [Wish(self.brush, quantity)], "purpose": "The bench", "by": self.chen}
        return requisitions.ask(**told | {"at": NOON} | said)

    def signed(self, quantity: int = 5, **said: Any) -> Requisition:
        return requisitions.sign(self.asked(quantity, **said), by=self.ma, at=NOON)

    def issue(self, row: Requisition, quantity: int = 5, **said: Any) -> Requisition:
        told = {"picks": [Pick(self.brush, self.shelf, quantity)], "by": self.shen, "at": NOON}
        return requisitions.issue(row, **told | said)

    def back(self, row: Requisition, quantity: int, **said: Any) -> Requisition:
        told = {"part": self.brush, "bin": self.shelf, "quantity": quantity, "by": self.shen, "at": NOON}
        return requisitions.take_back(row, **told | said)


@pytest.fixture
def house(cast: Cast) -> House:
    by = cast.actors["ma"]
    store = stock.open_store(cast.units["FS01"], code="MAIN", names={}, kind="OUTLET", by=by, at=NOON)
    shelf = stock.add_bin(store, code="A-1", by=by, at=NOON)
    brush = Part.objects.create(code="BRUSH-1", names={"en": "Brush"}, folded="brush1")
    stock.receive(brush, shelf, 12, document="GRN-1", by=cast.actors["shen"], at=NOON)
    return House(cast, brush, store, shelf)


@pytest.mark.shows("F05", "G-5", "INV-1")
def test_one_asks_another_signs_a_third_hands_out_and_the_rest_comes_back(house: House) -> None:
    row = house.asked()
    assert [each.number for each in queries.waiting(by=house.ma)] == [row.number]
    # Nothing leaves the store before it is signed.
    with pytest.raises(WrongState):
        house.issue(row)
    row = requisitions.sign(row, by=house.ma, at=NOON)
    assert [each.number for each in queries.waiting(by=house.shen)] == [row.number]
    row = house.issue(row)
    assert (row.state, row.asked_by_id, row.signed_by_id, row.issued_by_id) == (
        "ISSUED", house.chen.person_id, house.ma.person_id, house.shen.person_id,
    )  # fmt: skip
    assert (book.on_hand(house.brush, house.store), queries.in_use()) == (7, {(row.number, house.brush.pk): 5})
    moves = StockMove.objects.filter(document__startswith=row.number).order_by("pk")
    assert [(each.kind, each.amount) for each in moves] == [("RESERVE", 5), ("ISSUE", 5)]
    row = house.back(row, 2)
    assert (book.on_hand(house.brush, house.store), row.lines.get().in_use) == (9, 3)
    row = house.back(row, 3)
    assert (book.on_hand(house.brush, house.store), queries.in_use()) == (12, {})
    told = [each.kind for each in News.objects.filter(kind__startswith="requisitions.").order_by("pk")]
    assert told == ["requisitions.Asked", "requisitions.Signed", "requisitions.HandedOut"]
    assert verification.run() == []


def test_what_is_not_signed_or_not_needed_any_more_says_why(house: House) -> None:
    refused_one = requisitions.refuse(house.asked(), reason="We have some", by=house.ma, at=NOON)
    withdrawn = requisitions.withdraw(house.signed(), reason="Found one", by=house.chen, at=NOON)
    assert (refused_one.state, withdrawn.state, withdrawn.end_reason) == ("REFUSED", "WITHDRAWN", "Found one")
    for row in (refused_one, withdrawn):
        with pytest.raises(WrongState):
            house.issue(row)
    assert book.on_hand(house.brush, house.store) == 12


@pytest.mark.parametrize(
    ("refusal", "verb", "said"),
    [
        (Invalid, "asked", {"wishes": []}),
        (Invalid, "asked", {"wishes": "twice"}),
        (Invalid, "asked", {"quantity": 0}),
        (Invalid, "asked", {"purpose": " "}),
        (NotAllowed, "asked", {"by": "zhou"}),
        (Invalid, "issue", {"picks": []}),
        (requisitions.MoreThanSigned, "issue", {"quantity": 6}),
        (requisitions.BinElsewhere, "issue", {"picks": "elsewhere"}),
        (requisitions.NotOnThisRequisition, "issue", {"picks": "another part"}),
        (stock.NotEnough, "issue", {"quantity": 5, "shelf is bare": True}),
        (NotAllowed, "issue", {"by": "chen"}),
        (requisitions.MoreThanInUse, "back", {"quantity": 6}),
        (requisitions.MoreThanInUse, "back", {"quantity": 0}),
        (NotAllowed, "back", {"quantity": 1, "by": "ma"}),
    ],
)
def test_what_cannot_be_done(house: House, refusal: Any, verb: str, said: dict[str, Any]) -> None:
    said = dict(said)
    other = Part.objects.create(code="FAN-1", names={"en": "Fan"}, folded="fan1")
    by = house.cast.actors["he"]
    store = stock.open_store(house.cast.units["GZ02"], code="OUT", names={}, kind="OUTLET", by=by, at=NOON)
    there = stock.add_bin(store, code="Z-1", by=by, at=NOON)
    picks: dict[str, Any] = {
        "twice": [Wish(house.brush, 1), Wish(house.brush, 2)],
        "elsewhere": [Pick(house.brush, there, 1)],
        "another part": [Pick(other, house.shelf, 1)],
    }
    for name in ("wishes", "picks"):
        if isinstance(said.get(name), str):
            said[name] = picks[said[name]]
    if "by" in said:
        said["by"] = house.cast.actors[said["by"]]
    if said.pop("shelf is bare", False):
        house.issue(house.signed(12), 12)
    rows = {"asked": [], "issue": [house.signed()], "back": [house.issue(house.signed())] if verb == "back" else []}
    with pytest.raises(refusal):
        getattr(house, verb)(*rows[verb], **said)


@pytest.mark.shows("G-5")
def test_nobody_is_two_of_the_three(house: House) -> None:
    """The same person in another role is the same person; the database says so as well."""
    unit = house.cast.units["FS01"]
    row = house.asked()
    with pytest.raises(requisitions.AnotherSigns):
        requisitions.sign(row, by=person(house.chen.person_id, "chen", "OM", unit), at=NOON)
    row = requisitions.sign(row, by=house.ma, at=NOON)
    for who in ("chen", "ma"):
        with pytest.raises(requisitions.AThirdHandsOut):
            house.issue(row, by=person(house.cast.actors[who].person_id, who, "SK", unit))
    rows, ma, chen = Requisition.objects.filter(pk=row.pk), house.ma.person_id, house.chen.person_id
    handed = {"state": "ISSUED", "issued_at": NOON}
    with refused("requisition_is_handed_out_by_a_third"):
        rows.update(**handed, issued_by=ma)
    with refused("requisition_is_handed_out_by_a_third"):
        rows.update(**handed, issued_by=chen)
    with refused("requisition_keeps_who_asked_and_signed"):
        rows.update(signed_by=house.shen.person_id)
    with refused("requisitionline_is_handed_out_once_signed"):
        RequisitionLine.objects.filter(requisition=row).update(issued=1)
    other = house.asked()
    with refused("requisition_is_signed_by_another"):
        Requisition.objects.filter(pk=other.pk).update(state="SIGNED", signed_by=chen, signed_at=NOON)
    with refused("requisition_is_handed_out_once_signed"):
        Requisition.objects.filter(pk=other.pk).update(state="SIGNED")
    row = house.issue(row)
    line = RequisitionLine.objects.filter(requisition=row)
    with refused("requisitionline_gives_no_more_than_signed"):
        line.update(issued=6)
    with refused("requisitionline_takes_back_no_more_than_given"):
        line.update(returned=6)
    with refused("requisitionline_is_what_was_signed"):
        line.update(wanted=50)


@pytest.mark.no_books
def test_a_book_that_says_otherwise_is_found(house: House) -> None:
    row = house.issue(house.signed())
    assert verification.run() == []
    RequisitionLine.objects.filter(requisition=row).update(returned=1)
    assert any(row.number in str(each) for each in verification.run())


def test_who_sees_it(house: House) -> None:
    row = house.asked()
    seen = {name for name in ("chen", "wu", "shen", "ma", "nie", "he", "zhou") if
            Requisition.objects.visible_to(house.cast.actors[name]).filter(pk=row.pk)}  # fmt: skip
    assert seen == {"chen", "shen", "ma", "nie"}
