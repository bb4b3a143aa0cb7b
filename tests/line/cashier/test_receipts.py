"""A receipt that anybody can check: one figure changed, and it is none of ours (S1-38 to S1-42)."""

from __future__ import annotations

import base64
import zlib
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from guiju.kernel import sealing
from guiju.kernel.models import SealKey
from guiju.line.cashier import receipts
from guiju.line.cashier.rules import SealedLine, SealedReceipt
from guiju.oversight.papers.queries import outcomes
from guiju.oversight.papers.queries.shared import Print
from tests.line import stages
from tests.line.cast_line import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

LINES = (SealedLine("LABOUR-2", 1, 12000, 12000, 10000, 15000), SealedLine("BLT-020", 2, 3500, 7000, 3000, 4000))
RECEIPT = SealedReceipt(
    "FS01", "RC-FS01-20261130-00001", "BL-FS01-20261130-00001", "2026-11-30", "CNY", LINES, 0, 19000
)


def forged(receipt: SealedReceipt, token: str) -> str:
    """Another receipt with the seal of this one."""
    pack = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    packed = pack.compress(receipt.text().encode()) + pack.flush()
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode() + "." + token.partition(".")[2]


figures = st.integers(0, 10**9)
lines = st.builds(SealedLine, st.text("ABC019-", min_size=1, max_size=20), st.integers(1, 99), *[figures] * 4)


@given(st.builds(replace, st.just(RECEIPT), lines=st.lists(lines, max_size=8).map(tuple), total_minor=figures))
def test_what_is_read_is_what_was_written(receipt: SealedReceipt) -> None:
    assert SealedReceipt.read(receipt.text()) == receipt


def test_a_receipt_of_ours_is_read_again() -> None:
    assert receipts.read_receipt(receipts.code_of_receipt(RECEIPT)) == RECEIPT
    assert RECEIPT.adds_up


@pytest.mark.parametrize(
    "changed",
    [
        replace(RECEIPT, total_minor=19001),
        replace(RECEIPT, receipt="RC-FS01-20261130-00002"),
        replace(RECEIPT, paid_on="2026-12-30"),
        replace(RECEIPT, lines=(replace(LINES[0], unit_minor=12001), LINES[1])),
        replace(RECEIPT, lines=(replace(LINES[0], list_max_minor=150000), LINES[1])),
        replace(RECEIPT, lines=LINES[:1]),
    ],
)
def test_one_figure_changed_and_it_is_none_of_ours(changed: SealedReceipt) -> None:
    token = receipts.code_of_receipt(RECEIPT)
    assert receipts.read_receipt(forged(RECEIPT, token)) == RECEIPT
    assert receipts.read_receipt(forged(changed, token)) is None


def test_no_letter_of_the_code_can_be_another_one() -> None:
    token = receipts.code_of_receipt(RECEIPT)
    for place, letter in enumerate(token):
        other = "A" if letter != "A" else "B"
        assert receipts.read_receipt(token[:place] + other + token[place + 1 :]) is None, (place, letter)


@pytest.mark.parametrize("token", ["", ".", "x", "....", "AAAA", "é.é", "A" * 4000, "_.\x00"])
def test_what_is_no_code_is_no_receipt(token: str) -> None:
    assert receipts.read_receipt(token) is None


def test_a_code_that_unfolds_without_end_is_not_unfolded() -> None:
    pack = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    bomb = base64.urlsafe_b64encode(pack.compress(b"0" * 50_000_000) + pack.flush()).rstrip(b"=").decode()
    assert receipts.opened_receipt(f"{bomb}.{'0' * 8}AAAA") is None


def test_it_stays_checkable_when_the_secret_changes(settings: object) -> None:
    token = receipts.code_of_receipt(RECEIPT)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another one, of another year", []  # type: ignore[attr-defined]
    assert receipts.read_receipt(token) == RECEIPT
    assert receipts.read_receipt(receipts.code_of_receipt(RECEIPT)) is None, "a key that nobody published"
    sealing.publish()
    ours = receipts.code_of_receipt(RECEIPT)
    assert ours.partition(".")[2] != token.partition(".")[2]
    assert receipts.read_receipt(ours) == RECEIPT
    assert SealKey.objects.count() == 2


def test_a_seal_of_a_key_that_we_never_published_does_not_hold() -> None:
    token = receipts.code_of_receipt(RECEIPT)
    found = receipts.opened_receipt(token)
    assert found is not None
    content, seal = found
    assert not sealing.holds(content, replace(seal, key="00000000"))


def test_a_public_key_is_never_changed() -> None:
    receipts.code_of_receipt(RECEIPT)
    with pytest.raises(IntegrityError), transaction.atomic():
        SealKey.objects.update(public="00" * 32)
    with pytest.raises(IntegrityError), transaction.atomic():
        SealKey.objects.all().delete()


def paid(shop: Shop) -> str:
    """The end of the address in the QR code of a receipt that a customer got."""
    order = stages.a_paid_order(shop)
    printed = outcomes.receipt(order, Print("https://repair.example/", "cai", shop.now))
    assert printed is not None
    assert printed.check_url is not None
    return printed.check_url.removeprefix("https://repair.example/r/")


def test_the_list_before_the_payment_has_no_code(shop: Shop) -> None:
    order = stages.a_bill(shop, stages.a_ready_order(shop)).order
    printed = outcomes.receipt(order, Print("https://repair.example/", "cai", shop.now))
    assert printed is not None
    assert printed.check_url is None


@pytest.mark.shows("S1-40", "S1-42")
def test_the_page_shows_each_charge_beside_the_list(shop: Shop) -> None:
    token = paid(shop)
    receipt = receipts.read_receipt(token)
    assert receipt is not None
    page = Client().get(f"/r/{token}")
    said = page.content.decode()
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert receipt.receipt in said
    assert said.count("within the list") == len(receipt.lines)
    assert Client().get(f"/r/{token}/text").content.decode() == receipt.text()


def test_the_page_says_that_a_changed_receipt_is_not_genuine(shop: Shop) -> None:
    token = paid(shop)
    receipt = receipts.read_receipt(token)
    assert receipt is not None
    page = Client().get(f"/r/{forged(replace(receipt, total_minor=receipt.total_minor + 1), token)}")
    assert page.status_code == 422
    assert "not genuine" in page.content.decode()
    assert receipt.receipt not in page.content.decode()


def test_a_price_outside_the_list_is_pointed_out() -> None:
    dear = replace(
        RECEIPT, lines=(replace(LINES[0], unit_minor=16000, amount_minor=16000), LINES[1]), total_minor=23000
    )
    said = Client().get(f"/r/{receipts.code_of_receipt(dear)}").content.decode()
    assert "outside the list" in said
    assert "above the published price unless" in said


def test_it_is_checked_without_the_database_and_the_secret(
    shop: Shop, tmp_path: Path, settings: object, django_assert_num_queries: object
) -> None:
    token, keys, said = paid(shop), tmp_path / "keys.txt", StringIO()
    keys.write_bytes(Client().get("/r/keys").content)
    settings.SECRET_KEY = "nobody knows it here"  # type: ignore[attr-defined]
    with django_assert_num_queries(0):  # type: ignore[operator]
        call_command("check_receipt", f"https://repair.example/r/{token}", keys=keys, stdout=said)
    assert said.getvalue().startswith("genuine")
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "x", forged(RECEIPT, token)):
        with pytest.raises(CommandError):
            call_command("check_receipt", wrong, keys=keys)
    keys.write_text("", encoding="utf-8")
    with pytest.raises(CommandError, match="not among those published"):
        call_command("check_receipt", token, keys=keys)
