"""The trade's own lists: the starter set, and entries one by one."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from guiju.kernel.actor import Actor
from guiju.kernel.models import TrailEntry
from guiju.kernel.refusing import Invalid, NotAllowed
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue import queries, rules
from guiju.standing.catalogue.models import Brand, FaultCode, Part, ProductLine, ServiceItem
from tests.cast import NOON

NAMES = {"en": "Compressor", "zh-hans": "压缩机", "zh-hant": "壓縮機"}


@pytest.mark.shows("B15", "G-9")
def test_the_starter_set_speaks_three_languages(lines: dict[str, ProductLine]) -> None:
    for entry in (*FaultCode.objects.all(), *ServiceItem.objects.all(), *lines.values()):
        assert set(entry.names) == set(rules.LANGUAGES), entry
        assert all(entry.names.values()), entry
    causes = FaultCode.objects.filter(kind="CAUSE").values_list("code", flat=True)
    assert set(causes) == set(rules.Cause)
    for code in ("AC", "WASHER", "FRIDGE", "TV", "MICROWAVE", "VACUUM", "LAPTOP", "KITCHEN"):
        line = lines[code]
        assert FaultCode.objects.filter(line=line, kind="SYMPTOM").count() >= 3, code
        assert FaultCode.objects.filter(line=line, kind="FAULT").count() >= 4, code


@pytest.mark.shows("B15")
def test_the_codes_of_a_line_are_its_own_and_those_for_all(lines: dict[str, ProductLine]) -> None:
    codes = set(queries.codes("SYMPTOM", line=lines["AC"]).values_list("code", flat=True))
    assert {"AC-NO-COOL", "NO-POWER"} <= codes
    assert "TV-NO-PICTURE" not in codes


def test_loading_the_starter_again_keeps_what_the_shop_has_made_of_it(
    lines: dict[str, ProductLine], nie: Actor
) -> None:
    FaultCode.objects.filter(code="AC-NO-COOL").update(family="OURS")
    assert catalogue.load_starter(by=nie, at=NOON) == {"lines": 0, "codes": 0, "items": 0}
    assert FaultCode.objects.get(code="AC-NO-COOL").family == "OURS"


def test_a_name_is_read_in_ones_own_language(lines: dict[str, ProductLine]) -> None:
    for language, name in (("en", "Washing machine"), ("zh-hans", "洗衣机"), ("zh-hant", "洗衣機")):
        with translation.override(language):
            assert lines["WASHER"].name == name


def test_a_brand_is_one_however_its_letters_are_typed(nie: Actor) -> None:
    first = catalogue.add_brand(name="Black & Decker", by=nie, at=NOON)
    assert first.code == "BLACK-DECKER"
    for name in ("black&decker", "ＢＬＡＣＫ　＆　ＤＥＣＫＥＲ", " Black-Decker "):
        assert catalogue.add_brand(name=name, by=nie, at=NOON) == first
    assert catalogue.add_brand(name="格力電器", by=nie, at=NOON) == catalogue.add_brand(
        name="格力电器", by=nie, at=NOON
    )
    assert Brand.objects.count() == 2


@pytest.mark.parametrize("name", ["", "  ", "???", "x" * 121])
def test_a_brand_has_a_name(nie: Actor, name: str) -> None:
    with pytest.raises(catalogue.BrandUnreadable) as refused:
        catalogue.add_brand(name=name, by=nie, at=NOON)
    assert refused.value.field == "brand"


def test_the_database_itself_keeps_no_brand_without_a_name(nie: Actor) -> None:
    catalogue.add_brand(name="Guiju", by=nie, at=NOON)
    with pytest.raises(IntegrityError, match="brand_has_a_name"), transaction.atomic():
        Brand.objects.update(name="")


def test_two_brands_that_look_alike_have_two_codes(nie: Actor) -> None:
    codes = {catalogue.add_brand(name=name, by=nie, at=NOON).code for name in ("A" * 31 + "B", "A" * 31 + "C")}
    assert len(codes) == 2


def test_a_part_is_found_by_any_piece_of_its_code_or_names(lines: dict[str, ProductLine], nie: Actor) -> None:
    part = catalogue.add_part(code="CMP-09K", names=NAMES, lines=[lines["AC"]], cost_minor=38000, by=nie, at=NOON)
    for text in ("cmp09", "press", "壓縮", "压缩"):
        assert list(queries.parts(text)) == [part]
    assert list(queries.parts("", line=lines["AC"])) == [part]
    assert list(queries.parts("", line=lines["TV"])) == []


def test_a_code_stands_in_its_list_once(lines: dict[str, ProductLine], nie: Actor) -> None:
    brand = catalogue.add_brand(name="Midea", by=nie, at=NOON)
    for add in (
        lambda: catalogue.add_line(code="NEW", names=NAMES, by=nie, at=NOON),
        lambda: catalogue.add_model(brand=brand, line=lines["AC"], code="KFR-35", by=nie, at=NOON),
        lambda: catalogue.add_part(code="CMP-09K", names=NAMES, by=nie, at=NOON),
        lambda: catalogue.add_service_item(code="NEW", names=NAMES, kind="LABOUR", by=nie, at=NOON),
        lambda: catalogue.add_fault_code(kind="FAULT", code="NEW", names=NAMES, by=nie, at=NOON),
    ):
        add()
        with pytest.raises(catalogue.CodeTaken):
            add()


def test_an_entry_has_a_code_and_a_name(nie: Actor) -> None:
    for code, names, field in (("", NAMES, "code"), ("x" * 61, NAMES, "code"), ("X", {"en": " "}, "names")):
        with pytest.raises(Invalid) as refused:
            catalogue.add_part(code=code, names=names, by=nie, at=NOON)
        assert refused.value.field == field
    with pytest.raises(Invalid) as refused:
        catalogue.add_service_item(code="X", names=NAMES, kind="LABOUR", fault_level=5, by=nie, at=NOON)
    assert refused.value.field == "fault_level"


def test_the_lists_are_kept_by_the_network_manager(nie: Actor, lin: Actor, ma: Actor, an: Actor) -> None:
    for stranger in (lin, ma, an):
        for add in (
            lambda by: catalogue.add_brand(name="Gree", by=by, at=NOON),
            lambda by: catalogue.add_line(code="X", names=NAMES, by=by, at=NOON),
            lambda by: catalogue.add_part(code="X", names=NAMES, by=by, at=NOON),
            lambda by: catalogue.add_service_item(code="X", names=NAMES, kind="TEST", by=by, at=NOON),
            lambda by: catalogue.add_fault_code(kind="FAULT", code="X", names=NAMES, by=by, at=NOON),
            lambda by: catalogue.load_starter(by=by, at=NOON),
        ):
            with pytest.raises(NotAllowed):
                add(stranger)
    catalogue.add_part(code="X", names=NAMES, by=nie, at=NOON)


def test_a_receptionist_enters_a_model_that_nobody_has_seen_and_a_technician_does_not(
    lines: dict[str, ProductLine], nie: Actor, lin: Actor, chen: Actor
) -> None:
    brand = catalogue.add_brand(name="Haier", by=nie, at=NOON)
    with pytest.raises(NotAllowed):
        catalogue.add_model(brand=brand, line=lines["AC"], code="KFR-26", by=chen, at=NOON)
    made = catalogue.add_model(brand=brand, line=lines["AC"], code="KFR-26", by=lin, at=NOON)
    assert (made.code, made.brand) == ("KFR-26", brand)
    entry = TrailEntry.objects.get(verb="catalogue.add_model")
    assert (entry.role, entry.unit_id) == ("RC", lin.unit_id)


@pytest.mark.shows("F27")
def test_a_part_is_superseded_and_its_supply_ends(nie: Actor, lin: Actor) -> None:
    first, second, third = (
        catalogue.add_part(code=f"PCB-{number}", names=NAMES, by=nie, at=NOON) for number in (1, 2, 3)
    )
    with pytest.raises(NotAllowed):
        catalogue.supersede_part(first, successor=second, by=lin, at=NOON)
    catalogue.supersede_part(first, successor=second, by=nie, at=NOON)
    catalogue.supersede_part(second, successor=third, by=nie, at=NOON)
    for part in (third, second, first):
        with pytest.raises(Invalid, match="own successor"):
            catalogue.supersede_part(third, successor=part, by=nie, at=NOON)
    catalogue.end_supply(first, ends_on=NOON.date(), by=nie, at=NOON)
    standing = Part.objects.get(pk=first.pk)
    assert (standing.superseded_by, standing.supply_ends_on) == (second, NOON.date())
    assert TrailEntry.objects.get(verb="catalogue.end_supply").subject_label.startswith("PCB-1")
    with pytest.raises(IntegrityError, match="part_is_not_its_own_successor"), transaction.atomic():
        Part.objects.filter(pk=third.pk).update(superseded_by=third)
