"""The quote and the parts commitment."""

from dataclasses import replace

import pytest

from guiju.oversight.papers.press import print_pdf
from guiju.oversight.papers.rules import DoesNotAddUp
from tests.oversight.papers.reading import pages_of, printed, squeezed, words_on
from tests.oversight.papers.samples.morning import LANGUAGES
from tests.oversight.papers.samples.promises import approved_quote, bare_quote, parts_commitment, quote


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.shows("S6-39", "S6-45")
def test_the_quote_shows_each_price_beside_its_list_range_and_what_is_to_pay(language: str) -> None:
    full = quote(language)
    words = words_on(printed("quote", language))
    for figure in ("1,100.00–1,250.00", "1,234.50", "360.00–420.00", "¥1,259.50", "¥25.00", "¥380.00", "¥191.49"):
        assert figure in words
    for line in full.lines:
        assert squeezed(str(line.description)) in words
        assert str(line.item_code) in words
    for fact in (full.fault, full.cause, full.old_part_ownership, full.lines[0].condition, full.discount_reason):
        assert squeezed(str(fact)) in words


def test_the_customer_can_approve_or_decline_and_knows_what_declining_costs() -> None:
    words = words_on(printed("quote", "en"))
    assert words.count("Customer'ssignature") == 2
    assert "Iapprove" in words
    assert "Ipaythetestfeeof¥50.00andnothingelse" in words
    assert "Nothingischarged" in words_on(printed("bare_quote", "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_approved_quote_names_who_approved_it_and_how(language: str) -> None:
    signed = approved_quote(language)
    assert signed.approval is not None
    assert squeezed(str(signed.approval.method)) in words_on(printed("approved_quote", language))
    assert squeezed(str(signed.approval.method)) not in words_on(printed("quote", language))


@pytest.mark.shows("G-7")
def test_a_quote_whose_total_is_not_its_lines_is_refused() -> None:
    full = quote("en")
    assert replace(full, discount_minor=0, total_minor=full.total_minor + 2500)
    for wrong in (full.total_minor + 1, full.total_minor - 1, 0):
        with pytest.raises(DoesNotAddUp):
            replace(full, total_minor=wrong)


def test_tax_counts_only_when_it_comes_on_top() -> None:
    full = quote("en")
    on_top = replace(full, is_tax_included=False, total_minor=full.total_minor + full.tax_minor)
    assert "Plustax¥191.49" in words_on(print_pdf(on_top, "en"))
    assert "Ofwhichtax¥191.49" in words_on(printed("quote", "en"))


def test_a_currency_without_cents_has_none_on_paper() -> None:
    plain = bare_quote("en")
    in_yen = replace(plain, letterhead=replace(plain.letterhead, currency="JPY"))
    assert "￥5,000" in words_on(print_pdf(in_yen, "en"))
    assert "¥5,000.00" not in words_on(print_pdf(in_yen, "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_quote_repeats_the_heads_of_its_columns_on_each_page_of_lines(language: str) -> None:
    pages = [squeezed(page) for page in pages_of(printed("crowded_quote", language))]
    assert len(pages) > 2
    head = squeezed(pages_of(printed("crowded_quote", "en"))[0])
    assert "Listprice" in head
    for page in pages[:-1]:
        assert "1,234.50" in page
    assert sum("Listprice" in squeezed(page) for page in pages_of(printed("crowded_quote", "en"))) > 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.shows("S6-44", "D04")
def test_the_commitment_promises_dates_and_what_follows_if_they_are_missed(language: str) -> None:
    full = parts_commitment(language)
    words = words_on(printed("parts_commitment", language))
    dates = ("9Nov2026", "11Nov202617:30", "31Jan2027")
    chinese = ("2026年11月9日", "2026年11月11日17:30", "2027年1月31日")
    assert full.loaner is not None
    for fact in (
        *(dates if language == "en" else chinese),
        *(part.part_number for part in full.parts),
        full.cause,
        full.supplier_basis,
        full.remedy,
        full.statutory_basis,
        full.loaner.serial_number,
        *full.choices_if_refused,
    ):
        assert squeezed(str(fact)) in words
    assert "0.35" in words


def test_a_later_revision_says_that_it_replaces_the_earlier() -> None:
    sentence = "Thisrevisionreplacestheearlierones."
    assert sentence in words_on(printed("parts_commitment", "en"))
    assert sentence not in words_on(printed("bare_parts_commitment", "en"))
