"""What a thermal printer of 203 dots per inch makes of a paper: a dot is burnt or it is not."""

import pytest
import segno
from PIL import Image

from guiju.oversight.papers.press.pictures import QUIET_MODULES
from guiju.oversight.papers.rules import LABELS, SIZES, Size
from tests.oversight.papers.reading import inks_on, pictures_of, printed, type_sizes_on
from tests.oversight.papers.samples import SAMPLES
from tests.oversight.papers.samples.counter import accessory_labels, claim_tag, registration_label
from tests.oversight.papers.samples.morning import LANGUAGES, TOKEN

DOTS_PER_INCH = 203
READABLE_POINTS_MIN = 6
CODE_MM_MIN = 15
MODULE_DOTS_MIN = 3

THERMAL = [
    pytest.param(name, language, size, id=f"{name}-{language}-{size}")
    for name, sample in SAMPLES.items()
    for language in LANGUAGES
    for size in SIZES[type(sample(language))]
    if size not in {Size.A4, Size.A5}
]


@pytest.mark.parametrize(("name", "language", "size"), THERMAL)
def test_letters_are_tall_enough_to_be_burnt_and_there_is_no_grey(name: str, language: str, size: Size) -> None:
    pdf = printed(name, language, size)
    sizes = type_sizes_on(pdf)
    assert sizes
    assert min(sizes) >= READABLE_POINTS_MIN
    assert all(set(ink) in ({0.0}, {1.0}) for ink in inks_on(pdf))


def test_grey_on_a_sheet_would_be_noticed() -> None:
    assert any(len(set(ink)) > 1 for ink in inks_on(printed("ticket", "en", Size.A4)))


# Millimetres: the margin of a label, where its code begins under the number, and the room that the code has.
PLACES = {
    Size.LABEL_50X30MM: (1.5, 4.2, 18.8),
    Size.LABEL_60X40MM: (2, 5, 19.2),
    Size.LABEL_70X50MM: (2, 6, 28),
}


def code_on(label: Image.Image, size: Size) -> tuple[list[list[bool]], float]:
    """The modules of the code at the right of a label, and how many dots stand for one."""
    margin, top, room = (length * DOTS_PER_INCH / 25.4 for length in PLACES[size])
    box = (label.width - margin - room, margin + top, label.width - margin, margin + top + room)
    square = label.crop(tuple(round(edge) for edge in box)).point(lambda level: 255 * (level < 128))
    west, north, east, south = square.getbbox() or (0, 0, 0, 0)
    count = segno.make_qr(TOKEN, error="m").symbol_size(border=0)[0]
    wide, high = (east - west) / count, (south - north) / count
    modules = [
        [bool(square.getpixel((int(west + (x + 0.5) * wide), int(north + (y + 0.5) * high)))) for x in range(count)]
        for y in range(count)
    ]
    return modules, min(wide, high)


@pytest.mark.parametrize("size", LABELS)
@pytest.mark.parametrize("paper", [claim_tag, accessory_labels, registration_label], ids=["device", "accessory", "box"])
@pytest.mark.shows("A10")
def test_the_code_of_a_label_is_read_back_from_burnt_dots(paper: object, size: Size) -> None:
    wanted = [[bool(module) for module in row] for row in segno.make_qr(TOKEN, error="m").matrix]
    for page in pictures_of(paper("zh-hans"), "zh-hans", size, dots_per_inch=DOTS_PER_INCH):  # type: ignore[operator]
        modules, dots = code_on(page, size)
        assert modules == wanted
        assert dots == round(dots), "a module of four dots and a bit becomes stripes"
        assert dots >= MODULE_DOTS_MIN
        assert (len(wanted) + 2 * QUIET_MODULES) * dots / DOTS_PER_INCH * 25.4 >= CODE_MM_MIN
