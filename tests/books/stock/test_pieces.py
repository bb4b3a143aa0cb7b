"""Which pieces: how good, whose, of which lot, with which serials; and what is on the way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from guiju.books.stock import actions as stock
from guiju.books.stock import queries
from guiju.books.stock.models import Lot, Serial, SerialMove, StockAccount, StockMove
from guiju.books.stock.rules import Condition, Heap, Owner, Which, draw
from guiju.kernel import verification
from guiju.kernel.models import News
from guiju.kernel.refusing import Invalid, NotAllowed, Refusal
from guiju.standing.catalogue.models import Part
from tests.books.conftest import World, person, refused
from tests.cast import NOON

STOCK = "guiju.books.stock"
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.books_of(STOCK)]

DEFECTIVE, TO_RETURN = Which(condition=Condition.DEFECTIVE), Which(condition=Condition.TO_RETURN)
CONSIGNED, CUSTOMERS = Which(owner=Owner.HQ_CONSIGNED), Which(owner=Owner.CUSTOMER)


class Keeper:
    """Says the verbs with a new document each, at the first shelf unless told otherwise."""

    def __init__(self, world: World) -> None:
        self.world, self.number = world, 0
        self.by = person(20, "Everybody", "SK QC OM FI", world.here)

    def __call__(self, verb: Any, quantity: int, part: Part | None = None, **said: Any) -> list[StockMove]:
        self.number += 1
        said = {"document": f"D-{self.number}", "by": self.by, "at": NOON} | said
        where = () if verb is stock.lose_on_the_way else (said.pop("bin", self.world.shelf),)
        moves: list[StockMove] = verb(part or self.world.board, *where, quantity, **said)
        return moves

    @property
    def free(self) -> int:
        return queries.available(self.world.board, self.world.store)

    @property
    def on_hand(self) -> int:
        return queries.on_hand(self.world.board, self.world.store)


@pytest.fixture
def keeper(world: World) -> Keeper:
    return Keeper(world)


@pytest.mark.shows("F01", "F02", "INV-2")
def test_what_is_set_apart_lies_there_and_is_given_to_nobody(keeper):
    world = keeper.world
    keeper(stock.receive, 10)
    keeper(stock.move, 6, to_bin=world.drawer)
    keeper(stock.set_apart, 3, condition="DEFECTIVE", reason="Crushed box", bin=world.drawer)
    keeper(stock.set_apart, 1, condition="QUARANTINED", reason="Smells of oil")
    assert (keeper.on_hand, keeper.free) == (10, 6)
    assert queries.where_is(world.board, by=world.shen) == [
        queries.Lying(world.board, world.shelf, 3, 0, 1),
        queries.Lying(world.board, world.drawer, 3, 0, 3),
    ]
    lying = [(world.board.pk, "PCB-01", "A-1", 3, 0, 4), (world.board.pk, "PCB-01", "A-2", 3, 0, 6)]
    assert queries.stock_of(world.store, by=world.shen) == lying
    with pytest.raises(stock.NotEnough) as refusal:
        keeper(stock.reserve, 4, reference="WO-1", bin=world.drawer)
    assert str(refusal.value) == "4 of PCB-01 are wanted, and 3 are free."
    keeper(stock.clear, 1, which=Which(condition=Condition.QUARANTINED), reason="Wiped, tested")
    keeper(stock.set_apart, 1, condition="TO_RETURN", reason="The maker wants one", which=DEFECTIVE, bin=world.drawer)
    keeper(stock.send_back, 1, which=TO_RETURN, bin=world.drawer)
    keeper(stock.scrap, 1, which=DEFECTIVE, reason="Beyond repair", bin=world.drawer)
    keeper(stock.adjust, 1, which=DEFECTIVE, direction="LOSS", reason="Not there", bin=world.drawer)
    assert (keeper.on_hand, keeper.free) == (7, 7)
    assert News.objects.get(kind="stock.SetApart", payload__condition="QUARANTINED").payload["quantity"] == 1
    assert {each.kind for each in queries.pieces_of(world.board, by=world.shen)} == {"BIN"}


@pytest.mark.shows("INV-3", "F02")
@pytest.mark.parametrize(
    ("refusal", "verb", "said"),
    [
        (Invalid, stock.set_apart, {"condition": "DEFECTIVE", "reason": " "}),
        (Invalid, stock.set_apart, {"condition": "GOOD", "reason": "Looks fine"}),
        (stock.NotEnough, stock.set_apart, {"condition": "DEFECTIVE", "reason": "All of them", "quantity": 9}),
        (Invalid, stock.clear, {"which": Which(), "reason": "Looks fine"}),
        (stock.NotSetApart, stock.clear, {"which": TO_RETURN, "reason": "Looks fine"}),
        (Invalid, stock.scrap, {"which": Which(), "reason": "Old"}),
        (stock.NotSetApart, stock.scrap, {"which": DEFECTIVE, "reason": "Old", "quantity": 3}),
        (Invalid, stock.send_back, {"which": DEFECTIVE}),
        (stock.NotOnTheWay, stock.lose_on_the_way, {"reference": "TR-1", "reason": "Gone"}),
        (Invalid, stock.lose_on_the_way, {"reference": "TR-1", "reason": ""}),
        (stock.BinOfAnotherUnit, stock.move, {"to_bin": "there"}),
        (Invalid, stock.move, {"to_bin": "here"}),
    ],
    ids=lambda each: getattr(each, "__name__", str(each)),
)
def test_each_has_its_sentence_when_it_cannot_be(keeper, refusal, verb, said):
    world = keeper.world
    keeper(stock.receive, 5)
    keeper(stock.set_apart, 2, condition="DEFECTIVE", reason="Crushed box")
    ma = person(1, "Ma", "OM", world.there)
    bins = {
        "here": world.shelf,
        "there": stock.add_bin(
            stock.open_store(world.there, code="OUT", names={}, kind="OUTLET", by=ma, at=NOON), code="Z", by=ma, at=NOON
        ),
    }
    said = {name: bins.get(value, value) if name == "to_bin" else value for name, value in said.items()}
    if verb is stock.lose_on_the_way:
        said |= {"sender": world.here, "by": keeper.by.consequence_of(keeper(stock.receive, 1)[0].entry_key)}
    with pytest.raises(refusal) as told:
        keeper(verb, said.pop("quantity", 1), **said)
    assert str(told.value).endswith(".")
    assert keeper.free == (3 if verb is not stock.lose_on_the_way else 4)


@pytest.mark.shows("INV-5", "F04", "EX-15")
def test_what_is_on_the_way_is_the_senders_until_it_has_come(keeper):
    world = keeper.world
    keeper(stock.receive, 10)
    ma = person(1, "Ma", "OM", world.there)
    store = stock.open_store(world.there, code="OUT", names={}, kind="OUTLET", by=ma, at=NOON)
    there = stock.add_bin(store, code="Z", by=ma, at=NOON)
    # Only ever because of a transfer.
    with pytest.raises(NotAllowed):
        keeper(stock.send, 1, reference="TR-1")
    by = {"by": keeper.by.consequence_of(StockMove.objects.get().entry_key), "reference": "TR-1"}
    keeper(stock.send, 10, **by)
    assert (keeper.on_hand, queries.on_the_way("TR-1")) == (0, {world.board.pk: 10})
    keeper(stock.arrive, 7, sender=world.here, bin=there, **by)
    keeper(stock.arrive, 2, sender=world.here, bin=there, which=DEFECTIVE, **by)
    assert queries.on_the_way("TR-1") == {world.board.pk: 1}
    with pytest.raises(stock.NotOnTheWay, match="2 of PCB-01 are wanted, and 1 are on the way with TR-1"):
        keeper(stock.arrive, 2, sender=world.here, bin=there, **by)
    keeper(stock.lose_on_the_way, 1, sender=world.here, reason="Never came", **by)
    assert queries.on_the_way("TR-1") == {world.board.pk: 0}
    assert (queries.on_hand(world.board, store), queries.available(world.board, store)) == (9, 7)


@pytest.mark.shows("INV-9", "INV-2")
def test_our_own_go_first_and_a_customers_part_goes_to_nobody(keeper):
    world = keeper.world
    keeper(stock.receive, 2)
    keeper(stock.receive, 3, which=CONSIGNED)
    keeper(stock.receive, 4, which=CUSTOMERS)
    assert (keeper.on_hand, keeper.free) == (9, 5)
    drawn = keeper(stock.reserve, 4, reference="WO-1", document="R-1")
    assert [(move.source.owner, move.amount) for move in drawn] == [("OWN", 2), ("HQ_CONSIGNED", 2)]
    # Twice is once, also where it was drawn from two heaps.
    assert keeper(stock.reserve, 4, reference="WO-1", document="R-1") == drawn
    with pytest.raises(stock.DocumentReused):
        keeper(stock.reserve, 3, reference="WO-1", document="R-1")
    with pytest.raises(stock.NotEnough) as refusal:
        keeper(stock.reserve, 2, reference="WO-2")
    assert str(refusal.value) == "2 of PCB-01 are wanted, and 1 are free."
    with refused("stockaccount_promises_no_customers_part"):
        StockAccount.objects.create(
            part=world.board, unit=world.here, kind="HELD", bin=world.shelf, reference="WO-9", owner="CUSTOMER"
        )
    keeper(stock.issue, 4, reference="WO-1")
    keeper(stock.take_back, 3, reference="WO-1")
    assert queries.fitted_for("WO-1", world.board) == 1
    assert {(each.owner, each.quantity) for each in queries.pieces_of(world.board, by=world.shen)} == {
        ("OWN", 2), ("HQ_CONSIGNED", 2), ("CUSTOMER", 4)
    }  # fmt: skip
    keeper(stock.adjust, 1, which=CUSTOMERS, direction="LOSS", reason="Given back")
    with pytest.raises(stock.NotReserved):
        keeper(stock.issue, 1, reference="WO-1")


@pytest.mark.no_books
def test_a_move_changes_neither_owner_nor_lot(keeper):
    (own,), (theirs,) = keeper(stock.receive, 2), keeper(stock.receive, 3, which=CONSIGNED)
    fields = {each.name: getattr(own, each.name) for each in StockMove._meta.concrete_fields if each.name != "id"}
    with refused("stockmove_keeps_owner_and_lot"):
        StockMove.objects.bulk_create([StockMove(**fields | {"document": "X", "target": theirs.target})])
    with refused("stockaccount_keeps_its_place"):
        StockAccount.objects.filter(pk=own.target_id).update(owner="CUSTOMER")
    with refused("stockaccount_is_of_a_known_owner"):
        StockAccount.objects.create(part=keeper.world.board, unit=keeper.world.here, kind="SCRAP", owner="MOON")


@pytest.mark.shows("INV-8", "F03")
def test_what_expires_first_goes_first_and_what_has_expired_goes_nowhere(keeper):
    world = keeper.world
    glue = Part.objects.create(code="GLUE-1", names={"en": "Glue"}, folded="glue1", tracks_lots=True)
    today = NOON.date()
    with pytest.raises(Invalid, match="name the lot"):
        keeper(stock.receive, 1, glue)
    for lot, days in (("C", 30), ("B", 3), ("A", -1)):
        keeper(stock.receive, 2, glue, which=Which(lot=lot, expires_on=today + timedelta(days=days)))
    with pytest.raises(Invalid, match="another last day"):
        keeper(stock.receive, 2, glue, which=Which(lot="C", expires_on=today))
    drawn = keeper(stock.reserve, 3, glue, reference="WO-1")
    assert [(move.source.lot, move.amount) for move in drawn] == [("B", 2), ("C", 1)]
    with pytest.raises(stock.LotExpired) as refusal:
        keeper(stock.reserve, 2, glue, reference="WO-2")
    assert str(refusal.value).startswith(
        "2 of GLUE-1 are wanted, and 1 are free; what else lies there is of an expired lot"
    )
    with pytest.raises(stock.LotExpired):
        keeper(stock.reserve, 1, glue, reference="WO-2", which=Which(lot="A"))
    # A week later the reserved lot has passed its day too: it is not handed out, and can be given back and thrown away.
    with pytest.raises(stock.LotExpired):
        keeper(stock.issue, 3, glue, reference="WO-1", at=NOON + timedelta(days=7))
    keeper(stock.issue, 3, glue, reference="WO-1")
    keeper(stock.set_apart, 2, glue, condition="DEFECTIVE", reason="Expired", which=Which(lot="A"))
    keeper(stock.scrap, 2, glue, reason="Expired", which=Which(condition=Condition.DEFECTIVE, lot="A"))
    assert [(each.lot, each.quantity) for each in queries.pieces_of(glue, by=world.shen)] == [("C", 1)]
    with refused("lot_is_never_changed"):
        Lot.objects.filter(code="C").update(expires_on=None)


def test_the_heaps_in_their_order():
    heaps = [
        Heap(Owner.HQ_CONSIGNED, "", 5), Heap(Owner.OWN, "K", 1), Heap(Owner.OWN, "A", 1, date(2026, 2, 1)),
        Heap(Owner.OWN, "Z", 1, date(2026, 1, 1)),
    ]  # fmt: skip
    assert [(heap.lot, heap.amount) for heap in draw(heaps, 5)] == [("Z", 1), ("A", 1), ("K", 1), ("", 2)]
    assert draw(heaps, 0) == draw([], 3) == []
    assert sum(heap.amount for heap in draw(heaps, 99)) == 8


@pytest.mark.shows("INV-4", "F03")
def test_a_serial_is_in_one_place(keeper):
    world = keeper.world
    pump = Part.objects.create(code="PUMP-1", names={"en": "Pump"}, folded="pump1", is_serialised=True)

    def where() -> dict[str, str]:
        return {each.number: each.account.kind for each in Serial.objects.select_related("account")}

    with pytest.raises(stock.SerialsMissing, match="name the 3 serials"):
        keeper(stock.receive, 3, pump)
    with pytest.raises(stock.SerialsMiscounted):
        keeper(stock.receive, 3, pump, which=Which(serials=("S1", "S2", "s2 ")))
    came = keeper(stock.receive, 3, pump, which=Which(serials=("s1", "S2", "S3")), document="GRN-1")
    assert keeper(stock.receive, 3, pump, which=Which(serials=("S1", "S2", "S3")), document="GRN-1") == came
    with pytest.raises(stock.SerialElsewhere, match="S1 is not there"):
        keeper(stock.receive, 1, pump, which=Which(serials=("S1",)))
    keeper(stock.reserve, 1, pump, reference="WO-1")
    assert where() == {"S1": "HELD", "S2": "BIN", "S3": "BIN"}
    with pytest.raises(stock.SerialElsewhere, match="S2 is not there"):
        keeper(stock.issue, 1, pump, reference="WO-1", which=Which(serials=("S2",)))
    keeper(stock.issue, 1, pump, reference="WO-1")
    with pytest.raises(stock.SerialsMissing):
        keeper(stock.move, 1, pump, to_bin=world.drawer)
    keeper(stock.move, 1, pump, to_bin=world.drawer, which=Which(serials=("S3",)))
    keeper(stock.take_back, 1, pump, reference="WO-1")
    assert where() == {"S1": "BIN", "S2": "BIN", "S3": "BIN"}
    assert [each.serials for each in queries.pieces_of(pump, by=world.shen)] == [("S1", "S2"), ("S3",)]
    assert SerialMove.objects.filter(serial__number="S1").count() == 4
    with pytest.raises(stock.NotEnough):
        stock.undo(came, reason="Typed wrong", document="U-1", by=world.fang, at=NOON)
    keeper(stock.move, 1, pump, to_bin=world.shelf, bin=world.drawer)
    stock.undo(came, reason="Typed wrong", document="U-1", by=world.fang, at=NOON)
    assert set(where().values()) == {"SUPPLIER"}
    # The same piece may come a second time.
    keeper(stock.receive, 1, pump, which=Which(serials=("S2",)))
    assert verification.run(only=STOCK) == []


@pytest.mark.no_books
@pytest.mark.shows("INV-4")
def test_the_recount_notices_a_serial_that_is_elsewhere(keeper):
    pump = Part.objects.create(code="PUMP-1", names={"en": "Pump"}, folded="pump1", is_serialised=True)
    (move,) = keeper(stock.receive, 1, pump, which=Which(serials=("S1",)))
    piece = Serial.objects.get()
    with refused("serial_is_in_one_place"):
        Serial.objects.create(part=pump, number="S1", account=move.source)
    with refused("serial_is_where_its_part_can_be"):
        Serial.objects.create(part=keeper.world.fan, number="S1", account=move.source)
    with refused("serialmove_is_never_changed"):
        SerialMove.objects.all().delete()
    Serial.objects.create(part=pump, number="S9", account=move.target)
    Serial.objects.filter(pk=piece.pk).update(account=move.source)
    found = [str(each) for each in verification.run(only=STOCK)]
    assert any("S1: its last move brought it elsewhere" in line for line in found)
    Serial.objects.filter(pk=piece.pk).update(account=move.target)
    assert any("1 pieces, 2 serials" in str(line) for line in verification.run(only=STOCK))


@pytest.mark.shows("G-2", "F02")
@pytest.mark.parametrize(
    ("verb", "right", "wrong"),
    [
        ("set_apart", "SK", "TE"),
        ("clear", "QC", "SK"),
        ("scrap", "OM", "SK"),
        ("move", "SK", "CA"),
        ("send_back", "SK", "FI"),
    ],
)
def test_who_sets_apart_does_not_clear_and_does_not_scrap(keeper, verb, right, wrong):
    world = keeper.world
    keeper(stock.receive, 3)
    keeper(stock.set_apart, 1, condition="DEFECTIVE", reason="Crushed")
    keeper(stock.set_apart, 1, condition="TO_RETURN", reason="Recalled")
    said: dict[str, Any] = {
        "set_apart": {"condition": "DEFECTIVE", "reason": "Crushed"}, "move": {"to_bin": world.drawer},
        "clear": {"reason": "Fine", "which": DEFECTIVE}, "scrap": {"reason": "Old", "which": DEFECTIVE},
        "send_back": {"which": TO_RETURN},
    }[verb]  # fmt: skip
    for by in (person(9, "Wrong role", wrong, world.here), person(9, "Wrong place", right, world.there)):
        with pytest.raises(NotAllowed):
            keeper(getattr(stock, verb), 1, by=by, **said)
    assert keeper(getattr(stock, verb), 1, by=person(9, "Right", right, world.here), **said)


def test_a_refusal_is_one_of_the_books_own():
    for name in stock.__all__:
        thing = getattr(stock, name)
        assert not isinstance(thing, type) or issubclass(thing, Refusal)
