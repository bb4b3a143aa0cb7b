"""The cashier's day in the browser: the drawer, a bill, a payment with change, the hand-over."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries
from guiju.line.cashier.models import Payment, TillSession
from guiju.line.cashier.rules import Method
from guiju.line.intake import actions as intake_verbs
from guiju.line.intake import queries as intake
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.oversight.papers.press import pictures
from tests.cast import FOUNDED, password_of
from tests.desks.common.page import assert_strict
from tests.line import stages
from tests.line.cast_line import Shop, fresh
from tests.line.intake.test_loaners import a_loan

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


def claiming(order: WorkOrder, **changed: Any) -> dict[str, Any]:
    """What the cashier ticks and types when the owner comes with the tag."""
    tag = intake.tag_of(order)
    assert tag is not None
    kept = {f"accessory_{each.pk}": each.quantity for each in intake.accessories_of(order)}
    typed = {
        "proof": "CLAIM_CODE",
        "claim_code": intake.claim_code(tag),
        "demonstrated": "on",
        "old_parts": "RETURNED",
    }
    return kept | typed | changed


@pytest.mark.shows("FIN-1", "G01", "G03", "F08")
def test_a_till_is_opened_with_its_float_and_closed_blind(signed_in: SignedIn, shop: Shop) -> None:
    till = cashier.add_till(unit=shop.unit, code="T1", by=shop.actor("ma"), at=FOUNDED)
    browser = signed_in("cai")
    assert_strict(browser.get("/till/").content.decode())
    wrong = browser.post("/till/open", {"till": till.pk, "float_minor": "five"})
    assert wrong.status_code == 422
    assert 'value="five"' in wrong.content.decode()
    assert "Write the amount in figures" in str(wrong.context["form"].errors["float_minor"])
    assert browser.post("/till/open", {"till": till.pk, "float_minor": "500"}).status_code == 302
    session = TillSession.objects.get()
    page = f"/till/sessions/{session.pk}/"
    assert browser.get("/till/close/").headers["Location"] == page
    counting = browser.get(page).content.decode()
    assert_strict(counting)
    assert "Expected by the book" not in counting
    assert "Must lie in the drawer" not in counting
    silent = browser.post(f"{page}count", {"pieces_10000": "4", "pieces_5000": "１", "pieces_1000": "x"})
    assert silent.status_code == 422
    assert "in figures" in str(silent.context["forms"]["count"].errors["pieces"])
    typed = {"pieces_10000": "4", "pieces_5000": "１", "pieces_1000": "4", "pieces_500": "1", "pieces_100": "3"}
    silent = browser.post(f"{page}count", typed)
    assert silent.status_code == 422
    assert "Say why." in str(silent.context["forms"]["count"].errors["variance_reason"])
    assert 'name="pieces_10000" id="count_pieces_10000" value="4"' in silent.content.decode()
    assert "Expected by the book" not in silent.content.decode()
    typed |= {"variance_reason": "A coin is missing", "once": "x"}
    for _ in range(2):
        assert browser.post(f"{page}count", typed).headers["Location"] == page
    counted = browser.get(page).content.decode()
    assert_strict(counted)
    assert "A coin is missing" in counted
    assert "<strong>-¥2.00</strong>Difference" in counted
    assert browser.post(f"{page}end", {"once": "y"}).headers["Location"] == page
    session.refresh_from_db()
    assert (session.state, session.expected_minor, session.counted_minor) == ("CLOSED", 50000, 49800)
    assert "ZR-FS01-" in browser.get(page).content.decode()
    # The manager signs beside her; nothing is left to do.
    boss = signed_in("ma")
    assert session.z_number in boss.get("/till/drawers/").content.decode()
    assert boss.post(f"{page}countersign").status_code == 302
    assert session.z_number not in boss.get("/till/drawers/").content.decode()


@pytest.mark.shows("G10", "3.10")
def test_over_the_limit_another_counts_and_a_manager_sees_every_drawer(signed_in: SignedIn, shop: Shop) -> None:
    session = stages.an_open_till(shop)
    page = f"/till/sessions/{session.pk}/"
    browser, boss = signed_in("cai"), signed_in("ma")
    board = boss.get("/till/drawers/").content.decode()
    assert_strict(board)
    assert "¥500.00" in board
    assert browser.get("/till/drawers/").status_code == 403
    moved = {"kind": "MORE_FLOAT", "amount_minor": "100", "reason": "Coins", "paper": "CM-1"}
    assert browser.post(f"{page}move-cash", moved | {"paper": ""}).status_code == 422
    assert browser.post(f"{page}move-cash", moved).status_code == 302
    wrong = {"pieces_10000": "5", "variance_reason": "A note is missing"}
    assert browser.post(f"{page}count", wrong).status_code == 302
    assert "Somebody else has to count" in browser.get(page).content.decode()
    assert "Close the till" not in browser.get(page).content.decode().split("<main", 1)[1]
    assert "T1" in boss.get("/till/").content.decode()
    assert_strict(boss.get(page).content.decode())
    assert boss.post(f"{page}recount", {"pieces_10000": "6"}).status_code == 302
    assert browser.post(f"{page}end").status_code == 302
    session.refresh_from_db()
    assert (session.state, session.variance_minor) == ("CLOSED", 0)


def test_a_manager_closes_a_till_for_a_cashier_who_is_ill(signed_in: SignedIn, shop: Shop) -> None:
    session = stages.an_open_till(shop)
    page = f"/till/sessions/{session.pk}/"
    boss = signed_in("ma")
    bill = stages.a_bill(shop, stages.a_ready_order(shop))
    cashier.take_payment(bill, method=Method.CASH, amount_minor=10000, by=shop.actor("cai"), at=shop.later())
    shown = boss.get(page).content.decode()
    assert_strict(shown)
    # The takings leave first, by the manager's hand too.
    assert f"/till/bank/pack/?of={session.pk}" in shown
    left = boss.post(f"{page}force", {"pieces_10000": "6", "reason": "She is ill"})
    assert "still takings in the drawer" in left.content.decode()
    bag = {"seal_number": "B-1", "pieces_10000": "1"}
    assert signed_in("lin").post(f"/till/bank/pack/?of={session.pk}", bag).status_code == 403
    packed = boss.post(f"/till/bank/pack/?of={session.pk}", bag)
    assert packed.status_code == 302
    # The receptionist signs as the second, and comes to a page that she may see.
    signed = signed_in("lin").post(
        f"{packed.headers['Location']}countersign", {"password": password_of("lin")}, follow=True
    )
    assert (signed.status_code, "Sealed by two" in signed.content.decode()) == (200, True)
    assert boss.post(f"{page}force", {"pieces_10000": "5"}).status_code == 422
    assert boss.post(f"{page}force", {"pieces_10000": "5", "reason": "She is ill"}).status_code == 302
    assert "She is ill" in boss.get(page).content.decode()


def test_only_the_outlets_cashier_opens_its_till(signed_in: SignedIn, shop: Shop) -> None:
    till = cashier.add_till(unit=shop.unit, code="T1", by=shop.actor("ma"), at=FOUNDED)
    typed = {"till": till.pk, "float_minor": "1"}
    answers = {who: signed_in(who).post("/till/open", typed).status_code for who in ("lin", "ma", "chen", "fu", "cai")}
    assert answers == {"lin": 403, "ma": 403, "chen": 403, "fu": 422, "cai": 302}
    assert TillSession.objects.count() == 1


@pytest.mark.shows("S6-45", "WO-8")
def test_a_job_is_billed_paid_with_change_and_handed_over(signed_in: SignedIn, shop: Shop) -> None:
    order = stages.a_ready_order(shop)
    stages.an_open_till(shop)
    browser = signed_in("cai")
    assert order.number in browser.get("/till/").content.decode()
    assert signed_in("fu").post(f"/till/jobs/{order.number}/draw").status_code == 404
    assert signed_in("qin").post(f"/till/jobs/{order.number}/draw").status_code == 403
    assert browser.post(f"/till/jobs/{order.number}/draw", {"once": "1"}).status_code == 302
    page = browser.get(f"/till/jobs/{order.number}/").content.decode()
    assert "¥80.00 – ¥160.00" in page
    assert_strict(page)

    pay = f"/till/jobs/{order.number}/pay"
    short = browser.post(pay, {"method": "CASH", "amount_minor": "460", "tendered_minor": "400"})
    assert short.status_code == 422
    assert "does not cover" in str(short.context["form"].errors["tendered_minor"])
    assert 'value="400"' in short.content.decode()
    much = browser.post(pay, {"method": "CASH", "amount_minor": "1000"})
    assert "is still to be paid" in str(much.context["form"].errors["amount_minor"])
    slip = browser.post(pay, {"method": "CARD", "amount_minor": "60"})
    assert "terminal_ref" in slip.context["form"].errors
    assert signed_in("lin").post(pay, {"method": "CASH", "amount_minor": "460"}).status_code == 403
    typed = {"method": "CASH", "amount_minor": "460", "tendered_minor": "500", "once": "2"}
    assert browser.post(pay, typed).status_code == browser.post(pay, typed).status_code == 302
    receipt = Payment.objects.get().receipt_number
    change = browser.get(f"/till/receipts/{receipt}/").content.decode()
    assert "<strong>¥40.00</strong>Change to give back" in change
    assert_strict(change)

    away = f"/till/jobs/{order.number}/hand-over/"
    assert_strict(browser.get(away).content.decode())
    assert browser.post(away, claiming(order)).status_code == 302
    assert fresh(order).state == State.DELIVERED
    assert_strict(browser.get(f"/till/jobs/{order.number}/").content.decode())
    again = browser.post(away, claiming(order))
    assert "From here it can become:" in str(again.context["form"].non_field_errors())


@pytest.mark.shows("WO-8", "WO-13")
def test_what_speaks_against_a_hand_over_is_said_where_it_is_mended(signed_in: SignedIn, shop: Shop) -> None:
    order = stages.a_paid_order(shop)
    browser, away = signed_in("cai"), f"/till/jobs/{order.number}/hand-over/"
    hose = f"accessory_{intake.accessories_of(order)[0].pk}"

    def errors(**changed: Any) -> Any:
        answer = browser.post(away, claiming(order, **changed))
        assert answer.status_code == 422
        assert_strict(answer.content.decode())
        return answer.context["form"].errors

    assert "not the one" in str(errors(claim_code="000")["claim_code"])
    assert "Write down which paper" in str(errors(proof="IDENTITY")["proof_note"])
    assert "Show the customer" in str(errors(demonstrated="")["demonstrated"])
    assert "old parts" in str(errors(old_parts="")["old_parts"])
    assert "accessories" in str(errors(**{hose: "1"})["exception_note"])
    assert hose in errors(**{hose: "3"})
    assert fresh(order).state == State.READY
    typed = claiming(
        order, **{hose: "1"}, exception_note="One hose was lost by us", signature_name="Liang", signature_typed="1"
    )
    assert signed_in("fu").post(away, typed).status_code == 404
    assert signed_in("qin").post(away, typed).status_code == 403
    assert browser.post(away, typed).status_code == 302
    done = queries.hand_over_of(order)
    assert done is not None
    assert done.signature is not None


@pytest.mark.shows("WO-8", "M02")
def test_two_scans_hand_an_appliance_over(signed_in: SignedIn, shop: Shop) -> None:
    order = stages.a_paid_order(shop, parts=0)
    browser, away = signed_in("cai"), f"/till/jobs/{order.number}/hand-over/"
    papers = f"/orders/{order.number}/papers"
    with codes_read() as codes:
        browser.get(f"{papers}/claim-tag.pdf?language=en")
        browser.get(f"{papers}/labels.pdf?language=en")
        browser.get(f"{papers}/ticket.pdf?language=en")
    of_appliance, of_customer = sorted(set(codes), key=lambda code: "#" in code)
    # The appliance's half finds the job, at the hand-over because it is paid; it opens no page of the customer's.
    assert browser.get(of_appliance.removeprefix("http://testserver")).headers["Location"] == away
    assert "/t/" not in of_appliance
    refused = browser.post(away, claiming(order, claim_code=of_appliance))
    assert "Scan the customer" in str(refused.context["form"].errors["claim_code"])
    assert queries.claim_guard(order).wrong_tries == 0
    assert browser.post(away, claiming(order, claim_code=of_customer)).status_code == 302
    assert fresh(order).state == State.DELIVERED


@contextmanager
def codes_read() -> Iterator[list[str]]:
    """What the QR codes say that are printed meanwhile."""
    read: list[str] = []
    drawn = pictures._drawn

    def reading(url: str) -> tuple[str, str]:
        read.append(url)
        return drawn(url)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "_drawn", reading)
        yield read


def test_a_locked_claim_code_is_released_by_the_manager(signed_in: SignedIn, shop: Shop) -> None:
    order = stages.a_paid_order(shop, parts=0)
    away, release = (f"/till/jobs/{order.number}/{step}" for step in ("hand-over/", "release-code"))
    cai, ma = signed_in("cai"), signed_in("ma")
    first = cai.post(away, claiming(order, claim_code="000"))
    assert "4 tries are left" in first.content.decode()
    for _time in range(4):
        cai.post(away, claiming(order, claim_code="000"))
    locked = cai.post(away, claiming(order))
    assert locked.status_code == 422
    assert_strict(locked.content.decode())
    assert "wrong too often" in locked.content.decode()
    assert "Release the claim code" not in locked.content.decode()
    assert "Release the claim code" in ma.get(away).content.decode()
    assert cai.post(release, {"reason": "It was me"}).status_code == 403
    ma.post(release, {"reason": "no"})
    assert queries.claim_guard(order).is_locked
    assert ma.post(release, {"reason": "She read the wrong line"}).status_code == 302
    assert cai.post(away, claiming(order)).status_code == 302
    assert fresh(order).state == State.DELIVERED


@pytest.mark.shows("WO-8", "G12")
def test_an_unpaid_appliance_stays(signed_in: SignedIn, shop: Shop) -> None:
    order = stages.a_ready_order(shop, parts=0)
    stages.a_bill(shop, order)
    answer = signed_in("cai").post(f"/till/jobs/{order.number}/hand-over/", claiming(order))
    assert "is still to be paid." in str(answer.context["form"].non_field_errors())


@pytest.mark.shows("F11")
def test_bill_payment_and_hand_over_are_a_few_keys(signed_in: SignedIn, shop: Shop) -> None:
    order = stages.a_ready_order(shop)
    stages.an_open_till(shop)
    cai = signed_in("cai")
    assert 'data-hotkey="d"' in cai.get(f"/till/jobs/{order.number}/").content.decode()
    cai.post(f"/till/jobs/{order.number}/draw", {"once": "d"})
    page = cai.get(f"/till/jobs/{order.number}/").content.decode()
    assert_strict(page)
    # What is owed is typed already; beside it what is most often laid on the counter.
    assert 'name="amount_minor" value="460.00"' in page
    assert [each.split('"')[0] for each in page.split('data-note="')[1:]] == ["460.00", "500.00"]
    paid = cai.post(
        f"/till/jobs/{order.number}/pay",
        {"method": "CASH", "amount_minor": "460.00", "tendered_minor": "500.00", "once": "p"},
    )
    receipt = cai.get(paid.headers["Location"]).content.decode()
    assert_strict(receipt)
    assert "¥40.00" in receipt
    hand_over = receipt.split(f'href="/till/jobs/{order.number}/hand-over/"')[1].split(">")[0]
    assert 'data-hotkey="h"' in hand_over
    assert "autofocus" in hand_over


@pytest.mark.shows("A17")
def test_a_loaners_deposit_is_taken_and_given_back_on_the_jobs_page(
    signed_in: SignedIn, shop: Shop, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    order = stages.a_paid_order(shop, parts=0)
    loan = a_loan(shop, order)
    cai, page = signed_in("cai"), f"/till/jobs/{order.number}/"
    take, settle = (f"{page}loans/{loan.pk}/{verb}-deposit" for verb in ("take", "return"))
    html = cai.get(page).content.decode()
    assert_strict(html)
    assert "Take the deposit" in html
    assert "Take the deposit" not in signed_in("ma").get(page).content.decode()
    assert signed_in("ma").post(take, {"method": "CASH"}).status_code == 403
    assert (
        cai.post(take, {"method": "CARD"}, follow=True).content.decode().count("Enter the number on the card slip") == 1
    )
    for _time in range(2):
        cai.post(take, {"method": "CASH", "once": "d1"})
    intake_verbs.take_loaner_back(
        loan, condition="A dent.", deposit_back_minor=15000, by=shop.reception, at=shop.later()
    )
    back = cai.get(page).content.decode()
    assert "Give back ¥150.00" in back
    done = cai.post(settle, {"once": "d2"}, follow=True).content.decode()
    assert_strict(done)
    assert "The deposit is settled." in done
    assert "¥50.00" in done


@pytest.mark.shows("A17")
def test_the_till_lists_the_deposits_that_are_open(
    signed_in: SignedIn, shop: Shop, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    order = shop.a_received_order()
    loan = a_loan(shop, order)
    browser = signed_in("cai")
    page = browser.get("/till/").content.decode()
    assert "Deposits for loaners" in page
    assert "To be taken" in page
    assert f'href="/till/jobs/{order.number}/"' in page
    assert_strict(page)
    deposit = cashier.take_deposit(loan, method=Method.CARD, terminal_ref="C-1", by=shop.actor("cai"), at=shop.later())
    held = browser.get("/till/").content.decode()
    assert "Held until the loaner is back" in held
    assert deposit.receipt_number in held
    intake_verbs.take_loaner_back(loan, condition="Fine.", by=shop.reception, at=shop.later())
    assert "The loaner is back: to be settled" in browser.get("/till/").content.decode()
    stages.an_open_till(shop)
    cashier.return_deposit(loan, by=shop.actor("cai"), at=shop.later())
    assert "Deposits for loaners" not in browser.get("/till/").content.decode()
