"""Petty cash: a float of its own, spent by its keeper with a paper, filled and counted by others, and never out of takings."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.books.money import actions as book_actions
from guiju.books.money import queries as book
from guiju.books.money.rules import Movement
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import Invalid, NotAllowed
from guiju.line.banking import actions as banking
from guiju.line.banking.actions import petty
from guiju.line.banking.models import PettyBox, PettyExpense
from guiju.line.banking.queries import petty as petty_book
from guiju.line.banking.rules.petty import Expense, SpendState
from tests.kernel.racing import together
from tests.line.banking.conftest import Money, pieces
from tests.line.banking.test_takings import held
from tests.line.cast_line import told


def a_box(money: Money, keeper: str = "lin", **others: Any) -> PettyBox:
    given = {
        "code": "pc1",
        "keeper": money.shop.cast.people[keeper],
        "float_minor": 50000,
        "by": money.by("fang"),
        "at": money.at,
    }
    return banking.open_petty_box(money.shop.unit, **given | others)


def spends(money: Money, box: PettyBox, amount_minor: int = 3000, voucher: str = "V-1", **others: Any) -> PettyExpense:
    given: dict[str, Any] = {
        "kind": Expense.POSTAGE, "reason": "A parcel to the factory", "by": money.by("lin"), "at": money.shop.later(),
    }  # fmt: skip
    return banking.spend_petty(box, amount_minor=amount_minor, voucher=voucher, **given | others)


@pytest.mark.django_db
@pytest.mark.both_databases
@pytest.mark.shows("FIN-3", "S6-36")
def test_a_box_from_its_float_to_its_last_count(money: Money) -> None:
    money.takes(20000)
    box = a_box(money)
    assert held(money) == {"TILL": 70000, "PETTY": 50000}
    small = spends(money, box)
    assert (small.state, held(money)["PETTY"], book.balance("SPENT", unit=money.shop.unit)) == (
        SpendState.PAID,
        47000,
        3000,
    )
    large = spends(money, box, 30000, "v-2")
    assert (large.state, large.voucher, held(money)["PETTY"]) == (SpendState.ASKED, "V-2", 47000)
    banking.approve_petty(large, by=money.by("ma"), at=money.shop.later())
    refused = spends(money, box, 16900, "V-3")
    assert refused.state == SpendState.PAID, "up to the limit nobody is asked"
    asked = spends(money, a_box(money, code="PC2"), 40000, "V-3")
    banking.reject_petty(asked, reason="Too dear", by=money.by("fang"), at=money.shop.later())
    (first, _second) = petty_book.boxes(money.by("ma"))
    assert (first.lies_minor, first.spent_minor, first.waiting) == (100, 49900, 0)
    banking.top_up_petty(box, amount_minor=49900, by=money.by("fang"), at=money.shop.later())
    count = banking.count_petty(
        box, pieces=pieces(49000), reason="A note is missing", by=money.by("ma"), at=money.shop.later()
    )
    assert (count.expected_minor, book.balance("OVER_SHORT", unit=money.shop.unit)) == (50000, 1000)
    box = banking.name_petty_keeper(
        box, keeper=money.shop.cast.people["shen"], pieces=pieces(49000), by=money.by("fang"), at=money.shop.later()
    )
    with pytest.raises(NotAllowed):
        spends(money, box, voucher="V-9")
    spends(money, box, voucher="V-9", by=money.by("shen"))
    banking.close_petty_box(box, pieces=pieces(46000), by=money.by("fang"), at=money.shop.later())
    lines = petty_book.book_of(box)
    assert [each.balance_minor for each in lines] == [50000, 47000, 17000, 100, 50000, 49000, 49000, 46000, 46000, 0]
    assert held(money) == {"TILL": 70000, "PETTY": 50000}, "takings are as they were, and the other box is whole"
    assert len(list(told("banking.PettySpent"))) == 4
    with pytest.raises(petty.BoxClosed):
        spends(money, box, voucher="V-10", by=money.by("shen"))


@pytest.mark.django_db
@pytest.mark.shows("FIN-3", "FIN-6")
def test_what_is_not_so_is_refused(money: Money) -> None:
    """Each beside what is allowed."""
    box = a_box(money)
    own = a_box(money, code="PC2", keeper="ma")
    with pytest.raises(petty.BoxThere):
        a_box(money, code=" PC1")
    spends(money, box)
    for refusal, change in (
        (petty.PaperUsed, lambda: spends(money, box)),
        (petty.NotEnough, lambda: spends(money, box, 47001, "V-2")),
        (Invalid, lambda: spends(money, box, 0, "V-2")),
        (Invalid, lambda: spends(money, box, voucher=" ")),
        (Invalid, lambda: spends(money, box, voucher="V-2", reason="")),
        (NotAllowed, lambda: spends(money, box, voucher="V-2", by=money.by("cai"))),
        (petty.MoreThanFloat, lambda: banking.top_up_petty(box, amount_minor=3001, by=money.by("fang"), at=money.at)),
        (NotAllowed, lambda: banking.top_up_petty(box, amount_minor=3000, by=money.by("ma"), at=money.at)),
        (Invalid, lambda: banking.count_petty(box, pieces=pieces(46000), by=money.by("ma"), at=money.at)),
        (petty.OwnBox, lambda: banking.count_petty(own, pieces=pieces(50000), by=money.by("ma"), at=money.at)),
    ):
        with pytest.raises(refusal):
            change()
    asked = spends(money, own, 30000, "V-5", by=money.by("ma"))
    with pytest.raises(petty.OwnExpense):
        banking.approve_petty(asked, by=money.by("ma"), at=money.at)
    banking.approve_petty(asked, by=money.by("fang"), at=money.at)
    with pytest.raises(petty.Answered):
        banking.reject_petty(asked, reason="No", by=money.by("fang"), at=money.at)
    part = book_actions.Part(Movement.FLOAT_OUT, 100, ("TILL", "TILL-1"), ("PETTY", box.reference))
    with pytest.raises(ValueError, match="does not go"):
        book_actions.post(
            [part], unit=money.shop.unit, currency="CNY", document="X", by=Actor.system("clock"), at=money.at
        )
    banking.top_up_petty(box, amount_minor=3000, by=money.by("fang"), at=money.at)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.shows("FIN-3")
def test_spent_and_filled_at_once_a_box_never_has_more_than_its_float_nor_less_than_nothing(money: Money) -> None:
    box = a_box(money)
    spends(money, box, 20000, "V-0")

    def act(number: int) -> str:
        mine = PettyBox.objects.get(pk=box.pk)
        if number < 2:
            return banking.top_up_petty(mine, amount_minor=20000, by=money.by("fang"), at=money.at).number
        return spends(money, mine, 20000, f"V-{number}").number

    got = together(5, act)
    lies = book.balance("PETTY", box.reference)
    paid = len([each for each in got[2:] if isinstance(each, str)])
    filled = len([each for each in got[:2] if isinstance(each, str)])
    assert lies == 30000 + 20000 * (filled - paid), got
    assert 0 <= lies <= 50000
