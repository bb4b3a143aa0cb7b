"""What is true of every paper, in every language, on every size."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from django.utils.translation import gettext_lazy, override
from pypdf import PdfReader

from guiju.kernel.words import Sentence
from guiju.oversight.papers.press import LanguageNotOffered, SizeNotOffered, bind, print_pdf, typesetter
from guiju.oversight.papers.rules import LABELS, SIZES, AccessoryLabels, ClaimTag, PickSlip, RegistrationLabel, Size
from tests.oversight.papers.reading import missing_glyphs, pages_of, printed, squeezed, words_on
from tests.oversight.papers.samples import SAMPLES
from tests.oversight.papers.samples.counter import claim_tag, ticket
from tests.oversight.papers.samples.morning import LANGUAGES, PHONE, TOKEN, long_name
from tests.oversight.papers.samples.outcomes import receipt

EVERY_PAPER = [
    pytest.param(name, language, size, id=f"{name}-{language}-{size}")
    for name, sample in SAMPLES.items()
    for language in LANGUAGES
    for size in SIZES[type(sample(language))]
]


@pytest.mark.parametrize(("name", "language", "size"), EVERY_PAPER)
@pytest.mark.shows("G-6", "T05")
def test_a_paper_says_whose_it_is_and_nothing_that_it_must_not(name: str, language: str, size: Size) -> None:
    paper = SAMPLES[name](language)
    pdf = printed(name, language, size)
    words = words_on(pdf)

    assert PHONE not in words
    assert PHONE.encode() not in pdf
    assert TOKEN not in words
    assert missing_glyphs(pdf) == 0
    if isinstance(paper, RegistrationLabel):
        assert "0416" not in words, "it lies in the box before anybody has bought it"
        return
    names_the_job = isinstance(paper, ClaimTag | AccessoryLabels)
    assert (paper.work_order_number if names_the_job else paper.letterhead.number) in words
    if size not in LABELS:
        assert squeezed(str(paper.letterhead.outlet_name)) in words
        assert paper.letterhead.licence_number in words
    if isinstance(paper, PickSlip):
        assert "0416" not in words, "the store does not need to know whose it is"
    else:
        assert ("0416" if names_the_job else "138****0416") in words


@pytest.mark.parametrize(("name", "language", "size"), EVERY_PAPER)
def test_every_page_is_counted_and_says_when_and_by_whom_it_was_printed(name: str, language: str, size: Size) -> None:
    paper = SAMPLES[name](language)
    pages = [squeezed(page) for page in pages_of(printed(name, language, size))]

    if size in LABELS:
        wanted = len(paper.accessories) if isinstance(paper, AccessoryLabels) else 1
        assert len(pages) == wanted, "what does not fit the label must not print a second one"
        return
    for number, page in enumerate(pages, start=1):
        assert squeezed(str(paper.letterhead.printed_by)) in page
        assert "12:00" in page
        if size is Size.A4:
            # The words between the two figures are the language's.
            assert re.search(rf"\D{number}\D+{len(pages)}\D*$", page)
            assert paper.letterhead.number in page


def test_the_clock_on_the_paper_is_the_outlets() -> None:
    at_home = ticket("en")
    abroad = replace(at_home, letterhead=replace(at_home.letterhead, time_zone="Asia/Tokyo"))
    assert "Printed2Nov202612:00" in words_on(print_pdf(at_home, "en"))
    assert "Printed2Nov202613:00" in words_on(print_pdf(abroad, "en"))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        print_pdf(replace(ticket("en"), received_at=datetime(2026, 11, 2, 12, 0)), "en")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("language", "day"), [("en", "2Nov2026"), ("zh-hans", "2026年11月2日"), ("zh-hant", "2026年11月2日")]
)
def test_dates_are_told_in_the_language_of_the_paper(language: str, day: str) -> None:
    assert day in words_on(printed("ticket", language))


@pytest.mark.parametrize(
    ("language", "word"), [("en", "SimplifiedChinese"), ("zh-hans", "简体中文"), ("zh-hant", "簡體中文")]
)
@pytest.mark.shows("G-9")
def test_labels_of_other_contexts_are_worded_in_the_language_of_the_paper(language: str, word: str) -> None:
    lazy = replace(ticket(language), channel=gettext_lazy("Simplified Chinese"))
    sentence = replace(ticket(language), channel=Sentence("Simplified Chinese"))
    with override("en"):  # The reader of the screen may read another language than the customer.
        assert word in words_on(print_pdf(lazy, language))
        assert word in words_on(print_pdf(sentence, language))


@pytest.mark.parametrize("text", ["简体骨直门户", "繁體骨直門戶", "𠮷野家", "Ångström Привет", "かな한글"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_script_that_customers_write_is_printed_as_boxes(text: str, language: str) -> None:
    paper = replace(ticket(language), problem=text)
    pdf = print_pdf(paper, language)
    assert squeezed(text) in words_on(pdf)
    assert missing_glyphs(pdf) == 0


def test_a_missing_glyph_would_be_noticed() -> None:
    assert missing_glyphs(print_pdf(replace(ticket("en"), problem="a \U000f0042 b"), "en")) == 1


HOSTILE = [
    "#let x = 1",
    "#panic(1)",
    '#read("/etc/passwd")',
    "$a^2 + b$",
    "*bold* _slanted_ `raw`",
    "@label <label>",
    "\\ \\u{1f600} \\#",
    "= Heading",
    "// comment /* more */",
    '"}], "paper": {',
    "%(person)s %s %",
    "~ -- --- ... 'quoted'",
    "<script>alert(1)</script>",
    "https://example.com/a_b",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.shows("T19")
def test_markup_in_a_name_is_printed_as_it_was_written(text: str) -> None:
    full = receipt("en")
    paper = replace(
        full,
        customer=replace(full.customer, name=text),
        lines=(replace(full.lines[0], description=text, note=text), *full.lines[1:]),
        letterhead=replace(full.letterhead, printed_by=text, outlet_name=text),
    )
    for size in SIZES[type(paper)]:
        assert words_on(print_pdf(paper, "en", size=size)).count(squeezed(text)) >= 5


def test_characters_that_turn_the_text_round_are_left_out() -> None:
    forged = replace(ticket("en"), problem="fee \u202e00.05\u202c\x00\x1b")
    assert "fee00.05" in words_on(print_pdf(forged, "en"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["crowded_ticket", "crowded_quote", "crowded_receipt"])
def test_a_long_name_is_printed_whole(name: str, language: str) -> None:
    assert squeezed(long_name(language)) in words_on(printed(name, language))


def test_the_same_facts_make_the_same_bytes() -> None:
    assert print_pdf(ticket("zh-hant"), "zh-hant") == print_pdf(ticket("zh-hant"), "zh-hant")


def test_many_counters_print_at_once() -> None:
    with ThreadPoolExecutor(8) as counters:
        prints = list(counters.map(lambda _: print_pdf(ticket("zh-hans"), "zh-hans"), range(24)))
    assert set(prints) == {printed("ticket", "zh-hans")}


def test_a_language_that_we_do_not_print_is_refused() -> None:
    with pytest.raises(LanguageNotOffered):
        print_pdf(ticket("en"), "fr")


def test_a_size_that_the_paper_is_not_laid_out_for_is_refused() -> None:
    assert print_pdf(claim_tag("en"), "en", size=Size.LABEL_60X40MM)
    with pytest.raises(SizeNotOffered):
        print_pdf(ticket("en"), "en", size=Size.LABEL_60X40MM)
    with pytest.raises(SizeNotOffered):
        print_pdf(claim_tag("en"), "en", size=Size.A4)


def test_without_our_font_the_systems_are_used(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def absent(package: str) -> None:
        raise ModuleNotFoundError(package)

    monkeypatch.setattr(typesetter, "files", absent)
    found = typesetter.fonts.__wrapped__()
    assert "noto-cjk-sans-otc is not installed" in caplog.text
    assert found.families()


@pytest.mark.parametrize(("language", "code"), [("en", "en"), ("zh-hans", "zh-CN"), ("zh-hant", "zh-TW")])
def test_a_screen_reader_knows_the_title_the_language_and_the_order_of_a_paper(language: str, code: str) -> None:
    alone = PdfReader(BytesIO(printed("ticket", language)))
    together = PdfReader(BytesIO(bind([printed("ticket", language), printed("claim_tag", language)])))
    for pdf in (alone, together):
        assert pdf.metadata is not None
        assert "WO-FS01-20261102-00027" in str(pdf.metadata.title)
        assert pdf.root_object["/Lang"] == code
    assert "/StructTreeRoot" in alone.root_object
