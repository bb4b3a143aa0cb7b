"""The repair report, the settlement list and the receipt."""

from dataclasses import replace

import pytest

from guiju.oversight.papers.press import print_pdf
from guiju.oversight.papers.rules import Discount, DoesNotAddUp, Photo, Size
from tests.oversight.papers.reading import printed, squeezed, words_on
from tests.oversight.papers.samples.morning import LANGUAGES
from tests.oversight.papers.samples.outcomes import receipt, repair_report, settlement_list

RECEIPT_SIZES = (Size.A4, Size.ROLL_80MM)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.shows("D14")
def test_the_report_shows_each_measured_value_with_its_limits(language: str) -> None:
    words = words_on(printed("repair_report", language))
    for fact in ("48.5MΩ", "2.0MΩ", "0.12mA", "0.75mA", "24.10V", "23.50–24.50V"):
        assert fact in words
    for measurement in repair_report(language).measurements:
        assert squeezed(str(measurement.name)) in words


def test_a_limit_says_on_which_side_it_lies() -> None:
    words = words_on(printed("repair_report", "en"))
    assert "atleast2.0MΩ" in words
    assert "atmost0.75mA" in words


def test_a_failed_test_is_said_aloud() -> None:
    full = repair_report("en")
    failed = replace(full, measurements=(replace(full.measurements[0], passed=False),))
    assert "Failed" in words_on(print_pdf(failed, "en"))
    assert "Failed" not in words_on(printed("repair_report", "en"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.shows("S6-42", "B13")
def test_the_report_tells_the_parts_the_work_and_the_warranty(language: str) -> None:
    full = repair_report(language)
    words = words_on(printed("repair_report", language))
    for fact in (
        full.parts[0].old_serial_number,
        full.parts[0].new_serial_number,
        "380.00",
        "1,234.50",
        full.labour[0].task,
        *full.work_done,
        full.inspector,
        full.technician_badge,
        full.software_version,
        full.advice,
        "2Feb2027" if language == "en" else "2027年2月2日",
        "3Mar2027" if language == "en" else "2027年3月3日",
        *(photo.caption for photo in full.photos),
    ):
        assert squeezed(str(fact)) in words


def test_a_photo_is_on_the_report() -> None:
    full = repair_report("en")
    assert len(printed("repair_report", "en")) > len(print_pdf(replace(full, photos=()), "en"))


def test_a_photo_that_was_cut_short_does_not_stop_the_report() -> None:
    full = repair_report("en")
    cut = replace(full, photos=(Photo(image=full.photos[0].image[:40], caption="Cut short"),))
    assert "Cutshort" in words_on(print_pdf(cut, "en"))


@pytest.mark.parametrize("size", RECEIPT_SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.shows("S6-45")
def test_the_receipt_shows_what_the_list_asks_beside_what_is_charged(language: str, size: Size) -> None:
    full = receipt(language)
    words = words_on(printed("receipt", language, size))
    for figure in ("360.00–420.00", "1,250.00", "1,234.50", "¥1,209.50", "¥25.00", "¥200.00", "¥500.00", "¥509.50"):
        assert figure in words
    for fact in (full.receipt_number, full.invoice, full.cashier, full.lines[0].note, full.letterhead.complaint_phone):
        assert squeezed(str(fact)) in words


@pytest.mark.parametrize("size", RECEIPT_SIZES)
@pytest.mark.shows("S6-45")
def test_before_the_payment_it_is_a_settlement_list_and_after_it_a_receipt(size: Size) -> None:
    before, after = (words_on(printed(name, "en", size)) for name in ("settlement_list", "receipt"))
    assert "Settlementlist" in before
    assert "Itisnotareceipt" in before
    assert "Stilltopay¥1,209.50" in before
    assert "Settlementlist" not in after
    assert "Paidinfull" in after


@pytest.mark.parametrize("size", RECEIPT_SIZES)
def test_a_deposit_above_the_total_is_to_be_given_back(size: Size) -> None:
    over = replace(settlement_list("en"), deposit_paid_minor=130000)
    assert over.due_minor == -9050
    assert "Togiveback" in words_on(print_pdf(over, "en", size=size))


@pytest.mark.shows("G-7")
def test_a_receipt_whose_total_is_not_its_lines_is_refused() -> None:
    full = receipt("en")
    with pytest.raises(DoesNotAddUp):
        replace(full, total_minor=full.total_minor + 1)
    with pytest.raises(DoesNotAddUp):
        replace(full, discounts=(*full.discounts, Discount(reason="Once more", amount_minor=1)))


def test_what_is_due_is_the_total_without_deposit_and_payments() -> None:
    assert receipt("en").due_minor == 0
    assert settlement_list("en").due_minor == 120950
