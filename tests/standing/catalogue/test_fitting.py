"""Which models a part fits: entered, brought in by file and given back the same, and held by the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel.actor import Actor
from guiju.kernel.models import TrailEntry
from guiju.kernel.refusing import Invalid, NotAllowed
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue import queries
from guiju.standing.catalogue.models import Fit, Model, Part, ProductLine
from tests.cast import NOON
from tests.standing.catalogue.test_sheets import reasons, stage, verdicts

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def _models(lines: dict[str, ProductLine], nie: Actor) -> dict[str, Model]:
    made = {}
    for brand, code, line in (
        ("Midea", "KFR-35/BP", "AC"),
        ("Gree", "KFR-35/BP", "AC"),
        ("Midea", "BCD-200", "FRIDGE"),
    ):
        maker = catalogue.add_brand(name=brand, by=nie, at=NOON)
        made[f"{brand}:{code}"] = catalogue.add_model(brand=maker, line=lines[line], code=code, by=nie, at=NOON)
    return made


@pytest.mark.shows("F27", "M07")
def test_the_models_of_a_part_come_by_file_and_go_out_the_same(lines: dict[str, ProductLine], nie: Actor) -> None:
    models = _models(lines, nie)
    text = (
        "code,name_en,lines,models\n"
        "FAN-1,Fan,AC,midea: KFR-35/BP; Gree:kfr-35/bp\n"
        "LAMP-1,Lamp,,bcd-200\n"
        "FAN-2,Fan,AC,BCD-200\n"
        "FAN-3,Fan,AC,KFR-35/BP\n"
        "FAN-4,Fan,AC,\n"
    )
    batch = stage(nie, text)
    assert [(row, column) for row, column, _ in reasons(batch)] == [(4, "models"), (5, "models")]
    assert [reason for _, _, reason in reasons(batch)] == [
        "The model Midea:BCD-200 is of none of the part's product lines.",
        "The model KFR-35/BP is not in the catalogue. Write it with its brand: Brand:MODEL.",
    ]
    catalogue.commit_import(batch, by=nie, at=NOON)
    fan, lamp = Part.objects.get(code="FAN-1"), Part.objects.get(code="LAMP-1")
    assert {each.pk for each in queries.models_of(fan)} == {models["Midea:KFR-35/BP"].pk, models["Gree:KFR-35/BP"].pk}
    assert queries.models_of(lamp) == [models["Midea:BCD-200"]]
    given = catalogue.export(sheet="PARTS", by=nie, at=NOON)
    assert "Gree:KFR-35/BP;Midea:KFR-35/BP" in given.decode("utf-8-sig")
    assert set(verdicts(stage(nie, given))) == {"SAME"}
    # What stands is told apart from what the file says; lines without the models' own are no lines for it.
    changed = stage(nie, "code,models\nFAN-1,Midea:KFR-35/BP\n")
    assert verdicts(changed) == ["CHANGED"]
    catalogue.commit_import(changed, by=nie, at=NOON)
    assert queries.models_of(fan) == [models["Midea:KFR-35/BP"]]
    assert verdicts(stage(nie, "code,lines\nFAN-1,FRIDGE\n")) == ["REJECTED"]


@pytest.mark.shows("F27")
def test_a_part_fits_models_of_its_own_lines_alone(lines: dict[str, ProductLine], nie: Actor) -> None:
    models = _models(lines, nie)
    cold, warm = models["Midea:BCD-200"], models["Midea:KFR-35/BP"]
    fan = {"names": {"en": "Fan"}, "lines": [lines["AC"]], "by": nie, "at": NOON}
    with pytest.raises(Invalid, match="models of its own product lines"):
        catalogue.add_part(code="FAN-1", models=[warm, cold], **fan)
    part = catalogue.add_part(code="FAN-1", models=[warm, warm], **fan)
    assert queries.models_of(part) == [warm]
    with pytest.raises(IntegrityError), transaction.atomic():
        Fit.objects.create(part=part, model=cold)
    with pytest.raises(IntegrityError), transaction.atomic():
        Fit.objects.create(part=part, model=warm)


@pytest.mark.shows("F27")
def test_what_a_part_fits_is_said_and_ended_with_a_reason(
    lines: dict[str, ProductLine], nie: Actor, shen: Actor
) -> None:
    models = _models(lines, nie)
    midea, gree, fridge = (models[each] for each in ("Midea:KFR-35/BP", "Gree:KFR-35/BP", "Midea:BCD-200"))
    part = catalogue.add_part(code="FAN-1", names={"en": "Fan"}, lines=[lines["AC"]], by=nie, at=NOON)
    why: dict[str, Any] = {"reason": "The maker's list of May", "by": nie, "at": NOON}
    for verb, what, refusal, field in (
        (catalogue.fit_model, {"model": fridge}, Invalid, "model"),
        (catalogue.end_model, {"model": midea}, catalogue.NotNamed, "model"),
        (catalogue.fit_line, {"line": lines["AC"]}, catalogue.FitsAlready, "line"),
        (catalogue.end_line, {"line": lines["FRIDGE"]}, catalogue.NotNamed, "line"),
        (catalogue.fit_model, {"model": midea, "reason": " "}, Invalid, "reason"),
        (catalogue.fit_model, {"model": midea, "by": shen}, NotAllowed, None),
    ):
        with pytest.raises(refusal) as refused, transaction.atomic():
            verb(part, **{**why, **what})
        assert refused.value.field == field
    catalogue.fit_model(part, model=midea, **why)
    catalogue.fit_model(part, model=gree, **why)
    with pytest.raises(catalogue.FitsAlready), transaction.atomic():
        catalogue.fit_model(part, model=midea, **why)
    catalogue.fit_line(part, line=lines["FRIDGE"], **why)
    with pytest.raises(catalogue.LineHasModels, match="KFR-35/BP, KFR-35/BP"), transaction.atomic():
        catalogue.end_line(part, line=lines["AC"], **why)
    catalogue.end_model(part, model=gree, **why)
    assert [each.pk for each in queries.models_named([part.pk])[part.pk]] == [midea.pk]
    catalogue.end_model(part, model=midea, **why)
    catalogue.end_line(part, line=lines["AC"], **why)
    assert [each.code for each in queries.lines_named([part.pk])[part.pk]] == ["FRIDGE"]
    # Of no line in particular it is for all; but not where it names a model of another one.
    catalogue.end_line(part, line=lines["FRIDGE"], **why)
    catalogue.fit_model(part, model=midea, **why)
    with pytest.raises(catalogue.LineHasModels), transaction.atomic():
        catalogue.fit_line(part, line=lines["FRIDGE"], **why)
    told = TrailEntry.objects.filter(verb="catalogue.end_model").order_by("pk").values_list("facts", flat=True)
    assert [(each["model"], each["names_others"]) for each in told] == [("KFR-35/BP", True), ("KFR-35/BP", False)]
