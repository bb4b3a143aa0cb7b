"""The ticket and the claim tag."""

from dataclasses import replace

import pytest
import segno
from PIL import Image

from guiju.oversight.papers.press import UnknownPicture, print_pdf
from guiju.oversight.papers.press.pictures import QUIET_MODULES
from guiju.oversight.papers.rules import Paper, Size, last_digits, masked
from tests.oversight.papers.reading import picture_of, printed, squeezed, words_on
from tests.oversight.papers.samples.counter import bare_ticket, claim_tag, ticket
from tests.oversight.papers.samples.morning import LANGUAGES, TOKEN, picture

DOTS_PER_MM = 300 / 25.4


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13827700416", "138****0416"),
        ("+86 138-2770-0416", "861******0416"),
        ("0757 8222 6688", "075*****6688"),
        ("91234567", "****4567"),
        ("12345", "****5"),
        ("110", "***"),
        ("138****0416", "138****0416"),
        ("****13827700416", "138****0416"),
        ("", ""),
    ],
)
@pytest.mark.shows("G-6")
def test_a_paper_hides_at_least_four_digits_of_a_telephone_number(phone: str, shown: str) -> None:
    assert masked(phone) == shown


def test_a_short_number_is_not_given_away_by_its_end() -> None:
    assert [last_digits(phone) for phone in ("13827700416", "12345", "110")] == ["0416", "5", ""]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.shows("S6-09", "S6-11", "A07")
def test_the_ticket_says_all_that_was_agreed_at_the_counter(language: str) -> None:
    full = ticket(language)
    words = words_on(printed("ticket", language))
    assert full.damage
    for fact in (
        full.device.serial_number,
        full.purchase_invoice_number,
        full.problem,
        full.seal_number,
        full.fee_collection,
        full.storage_terms,
        *(symptom.code for symptom in full.symptoms),
        *(accessory.name for accessory in full.accessories),
        *(mark.note for mark in full.damage),
    ):
        assert squeezed(str(fact)) in words
    assert "3,299.00" in words, "the declared value"
    assert "50.00" in words, "the test fee"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ticket_of_usual_length_keeps_its_tear_off_copy_on_the_same_sheet(language: str) -> None:
    for name in ("ticket", "bare_ticket"):
        words = words_on(printed(name, language))
        assert words.count("7K4-92M") == 1, "the claim code stands on the customer's copy only"
        assert words.count("WO-FS01-20261102-00027") == 2, "on the ticket and on its copy"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_deadline_box_is_there_to_be_filled_in_when_no_part_is_missing_yet(language: str) -> None:
    empty = bare_ticket(language)
    filled = replace(empty, parts_wait=ticket(language).parts_wait)
    assert filled.parts_wait is not None
    remedy = squeezed(str(filled.parts_wait.remedy))
    title = words_on(print_pdf(filled, "en")), words_on(print_pdf(empty, "en"))
    assert all("Timelimitwhenapartismissing" in words for words in title)
    assert [remedy in words for words in title] == [True, False]


def test_a_mark_of_damage_stands_where_the_damage_is() -> None:
    unmarked = picture_of(replace(ticket("en"), damage=()), "en", dots_per_inch=100)
    marked = picture_of(ticket("en"), "en", dots_per_inch=100)
    # The front is the first outline at the left margin, the scratch is at its lower right.
    first, last = 15 + 28 * 0.8, 15 + 28
    columns = [round(mm * 100 / 25.4) for mm in (first, last)]
    darker = [
        (x, y)
        for x in range(*columns)
        for y in range(round(marked.height * 0.3), round(marked.height * 0.6))
        if marked.getpixel((x, y)) < unmarked.getpixel((x, y))  # type: ignore[operator]
    ]
    assert darker


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.shows("A10")
def test_the_claim_tag_tells_where_and_with_what_to_collect(language: str) -> None:
    tag = claim_tag(language)
    words = words_on(printed("claim_tag", language))
    for fact in (
        tag.letterhead.number,
        tag.work_order_number,
        tag.letterhead.outlet_address,
        tag.letterhead.outlet_hours,
        tag.claim_code,
        tag.unclaimed_notice,
        tag.shelf_code,
    ):
        assert squeezed(str(fact)) in words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.shows("G-6", "A10")
def test_the_devices_half_names_nobody(language: str) -> None:
    words = words_on(printed("claim_tag", language, Size.LABEL_60X40MM))
    assert "B-14" in words
    assert "×4" in words, "four screws"
    assert squeezed(str(claim_tag(language).customer.name)) not in words
    assert "7K4-92M" not in words, "who holds the device must not hold its code"


def modules_in(page: Image.Image, left_mm: int, top_mm: int, side_mm: int, count: int) -> list[list[bool]]:
    """The dark modules of the code that stands in a square of the page."""
    west, north = round(left_mm * DOTS_PER_MM), round(top_mm * DOTS_PER_MM)
    side = round(side_mm * DOTS_PER_MM)
    square = page.crop((west, north, west + side, north + side))
    left, top, right, bottom = square.point(lambda level: 255 * (level < 60)).getbbox() or (0, 0, 0, 0)
    wide, high = (right - left) / count, (bottom - top) / count
    return [
        [
            square.getpixel((round(left + (x + 0.5) * wide), round(top + (y + 0.5) * high))) < 128  # type: ignore[operator]
            for x in range(count)
        ]
        for y in range(count)
    ]


@pytest.mark.parametrize(
    ("paper", "size", "place"),
    [(ticket("zh-hans"), Size.A4, (173, 13, 22)), (claim_tag("zh-hant"), Size.LABEL_60X40MM, (39, 7, 19))],
    ids=["ticket", "label"],
)
@pytest.mark.shows("A10", "A11")
def test_the_code_on_the_paper_is_the_status_address_module_for_module(
    paper: Paper, size: Size, place: tuple[int, int, int]
) -> None:
    code = segno.make_qr(TOKEN, error="m")
    wanted = [[bool(module) for module in row] for row in code.matrix]
    assert modules_in(picture_of(paper, "en", size), *place, count=len(wanted)) == wanted
    assert QUIET_MODULES >= 2


def test_a_logo_stands_in_place_of_the_brand_name() -> None:
    plain = bare_ticket("en")
    with_logo = replace(plain, letterhead=replace(plain.letterhead, brand_logo=picture(200, 30, 30)))
    assert words_on(print_pdf(plain, "en")).count("GuijuAppliances") == 2
    assert words_on(print_pdf(with_logo, "en")).count("GuijuAppliances") == 1, "on the tear-off copy"


def test_a_file_that_is_no_picture_is_refused() -> None:
    plain = bare_ticket("en")
    with pytest.raises(UnknownPicture):
        print_pdf(replace(plain, letterhead=replace(plain.letterhead, brand_logo=b"<svg/>")), "en")
