"""Whole lists by file: looked at first, taken whole or not at all, and given back the same."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as some

from guiju.kernel.actor import Actor
from guiju.kernel.models import TrailEntry
from guiju.kernel.refusing import NotAllowed, WrongState
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue import queries
from guiju.standing.catalogue.models import Brand, ImportBatch, ImportRow, Model, Part, ProductLine
from guiju.standing.catalogue.rules import Sheet, tables
from tests.cast import NOON

PARTS = """code,name_en,name_zh_hans,base_unit,is_serialised,cost,lines
CMP-09K,Compressor,压缩机,PIECE,yes,380.00,AC;FRIDGE
R32,Refrigerant,制冷剂,gram,no,0.12,AC
=HACK(),Trick,陷阱,PIECE,no,,
"""


def stage(by: Actor, text: str | bytes = PARTS, *, sheet: str = "PARTS", **others: Any) -> ImportBatch:
    content = text.encode() if isinstance(text, str) else text
    return catalogue.stage_import(sheet=sheet, content=content, file_name="parts.csv", by=by, at=NOON, **others)


def verdicts(batch: ImportBatch) -> list[str]:
    return [row.verdict for row in queries.preview(batch)]


def reasons(batch: ImportBatch) -> list[tuple[int, str, str]]:
    rows = queries.preview(batch, verdict="REJECTED")
    return [(row.row_number, row.column, " ".join(map(str, row.because))) for row in rows]


@pytest.mark.shows("M07")
def test_a_file_is_looked_at_before_it_changes_anything(lines: dict[str, ProductLine], nie: Actor) -> None:
    batch = stage(nie)
    assert verdicts(batch) == ["NEW", "NEW", "NEW"]
    assert not Part.objects.exists()
    catalogue.commit_import(batch, by=nie, at=NOON)
    part = Part.objects.get(code="CMP-09K")
    assert (part.names, part.cost_minor, part.is_serialised) == ({"en": "Compressor", "zh-hans": "压缩机"}, 38000, True)
    assert sorted(line.code for line in part.lines.all()) == ["AC", "FRIDGE"]
    assert list(queries.parts("壓縮機")) == [part]
    assert Part.objects.get(code="R32").base_unit == "GRAM"
    assert TrailEntry.objects.filter(verb="catalogue.commit_import").count() == 1


@pytest.mark.shows("M07")
def test_bringing_the_same_file_again_changes_nothing(lines: dict[str, ProductLine], nie: Actor) -> None:
    batch = catalogue.commit_import(stage(nie), by=nie, at=NOON)
    assert catalogue.commit_import(batch, by=nie, at=NOON).committed_at == NOON
    again = stage(nie)
    assert again.counts == {"NEW": 0, "CHANGED": 0, "SAME": 3, "REJECTED": 0}
    catalogue.commit_import(again, by=nie, at=NOON)
    assert Part.objects.count() == 3


@pytest.mark.shows("M07")
def test_a_change_shows_what_stood_before(lines: dict[str, ProductLine], nie: Actor) -> None:
    catalogue.commit_import(stage(nie), by=nie, at=NOON)
    batch = stage(nie, "code,cost\nCMP-09K,395\nR32,0.12\n")
    changed, same = queries.preview(batch)
    assert (changed.verdict, changed.before, changed.values["cost"]) == ("CHANGED", {"cost": 38000}, 39500)
    assert same.verdict == "SAME"
    catalogue.commit_import(batch, by=nie, at=NOON)
    part = Part.objects.get(code="CMP-09K")
    assert (part.cost_minor, part.names["en"], part.is_serialised) == (39500, "Compressor", True)
    assert part.lines.count() == 2, "what the file has no column for stays"


@pytest.mark.shows("M07")
def test_each_row_that_is_refused_says_why_and_in_which_column(lines: dict[str, ProductLine], nie: Actor) -> None:
    batch = stage(
        nie,
        "code,name_en,base_unit,is_serialised,cost,lines\n"
        "A,Good,PIECE,no,1,AC\n"
        ",No code,PIECE,no,1,AC\n"
        "B,,PIECE,no,1,AC\n"
        "C,Bad unit,DOZEN,no,1,AC\n"
        "D,Bad flag,PIECE,perhaps,1,AC\n"
        "E,Bad cost,PIECE,no,1.234,AC\n"
        "F,Bad line,PIECE,no,1,ROCKET\n"
        f"G,{'x' * 3000},PIECE,no,1,AC\n"
        "H,Too long,PIECE,no,1,AC,more\n"
        "A,Again,PIECE,no,1,AC\n"
        "I,Negative,PIECE,no,-1,AC\n",
    )
    said = reasons(batch)
    assert [(row, column) for row, column, _why in said] == [
        (3, "code"),
        (4, "name_en"),
        (5, "base_unit"),
        (6, "is_serialised"),
        (7, "cost"),
        (8, "lines"),
        (9, "name_en"),
        (10, ""),
        (11, "code"),
        (12, "cost"),
    ]
    assert "DOZEN is not one of PIECE, GRAM, MM, ML." in [why for _row, _column, why in said]
    assert "Row 2 of this file is for the same entry." in [why for _row, _column, why in said]
    assert queries.preview(batch, verdict="REJECTED")[2].cells[1] == "Bad unit", "the row is kept as it came"
    catalogue.commit_import(batch, by=nie, at=NOON)
    assert list(Part.objects.values_list("code", flat=True)) == ["A"]


@pytest.mark.shows("M07")
def test_a_file_is_refused_when_the_list_has_changed_since_it_was_looked_at(
    lines: dict[str, ProductLine], nie: Actor
) -> None:
    batch, rival = stage(nie), stage(nie, "code,name_en\nCMP-09K,Another\n")
    catalogue.commit_import(rival, by=nie, at=NOON)
    with pytest.raises(catalogue.DataMoved):
        catalogue.commit_import(batch, by=nie, at=NOON)
    batch.refresh_from_db()
    assert batch.state == "STAGED"
    assert list(Part.objects.values_list("code", flat=True)) == ["CMP-09K"], "nothing half-applied"
    catalogue.commit_import(stage(nie), by=nie, at=NOON)
    assert Part.objects.count() == 3


def test_a_file_that_was_put_aside_stays_aside(lines: dict[str, ProductLine], nie: Actor) -> None:
    batch = catalogue.abandon_import(stage(nie), by=nie, at=NOON)
    with pytest.raises(WrongState):
        catalogue.commit_import(batch, by=nie, at=NOON)
    with pytest.raises(WrongState):
        catalogue.abandon_import(catalogue.commit_import(stage(nie), by=nie, at=NOON), by=nie, at=NOON)


@pytest.mark.shows("M07")
def test_headings_are_known_by_the_names_that_people_use(lines: dict[str, ProductLine], nie: Actor) -> None:
    batch = stage(nie, "料號;名稱;Product lines\nX-1;壓縮機;ac\n")
    assert verdicts(batch) == ["NEW"]
    assert queries.preview(batch)[0].values == {"code": "X-1", "name_zh_hans": "壓縮機", "lines": ["AC"]}
    mapped = stage(nie, "Artikel,Bezeichnung\nX-1,Kompressor\n", chosen={"Artikel": "code", "Bezeichnung": "name_en"})
    assert queries.preview(mapped)[0].values == {"code": "X-1", "name_en": "Kompressor"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_that_spreadsheets_write_are_read(
    lines: dict[str, ProductLine], nie: Actor, encoding: str
) -> None:
    batch = stage(nie, PARTS.encode(encoding))
    assert queries.preview(batch)[0].values["name_zh_hans"] == "压缩机"


def a_book(rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def test_a_spreadsheet_is_read_as_a_person_reads_its_cells(lines: dict[str, ProductLine], nie: Actor) -> None:
    batch = stage(
        nie,
        a_book(
            [["code", "name_en", "cost", "is_serialised"], [12345, "Fuse", 1.5, True], [], ["00123", "Lead", 2, False]]
        ),
    )
    first, second = queries.preview(batch)
    assert first.values == {"code": "12345", "name_en": "Fuse", "cost": 150, "is_serialised": True}
    assert (second.values["code"], second.row_number) == ("00123", 4)


def a_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b" " * (tables.UNZIPPED_MAX + 1))
    return out.getvalue()


HOSTILE = {
    "empty": b"",
    "only blank lines": b"\n\n",
    "no text": b"code,name_en\n\x00\x01\x02",
    "not an encoding": b"\x81\xff\xff\xfe\x00",
    "open quote": b'code,name_en\nA,"never closed\n',
    "doubled heading": b"code,code\nA,B\n",
    "broken spreadsheet": b"PK\x03\x04 and then nothing",
    "zip of something else": b"PK\x03\x04" + b"x" * 100,
    "too many columns": b",".join(b"c%d" % number for number in range(200)) + b"\n",
    "too many rows": b"code,name_en\n" + b"A,B\n" * (tables.ROWS_MAX + 1),
    "too large": b"code,name_en\n" + b"x" * tables.SIZE_MAX,
}


@pytest.mark.shows("M07")
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(nie: Actor, what: str) -> None:
    with pytest.raises(catalogue.FileUnreadable) as refused:
        stage(nie, HOSTILE[what])
    assert (refused.value.field, refused.value.status) == ("file", 422)
    assert refused.value.because
    assert not ImportBatch.objects.exists()


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    with pytest.raises(tables.Unreadable, match="larger"):
        tables.read(a_bomb())


def test_a_file_without_its_columns_names_them(nie: Actor) -> None:
    with pytest.raises(catalogue.ColumnsMissing, match="code"):
        stage(nie, "name_en\nFuse\n")
    with pytest.raises(catalogue.ColumnsMissing, match="brand, code, line"):
        stage(nie, "x\ny\n", sheet="MODELS")


def test_models_bring_their_brands(lines: dict[str, ProductLine], nie: Actor) -> None:
    batch = stage(nie, "brand,code,line\nGree,KFR-35,AC\ngree,KFR-50,ac\n???,X,AC\n", sheet="MODELS")
    assert [column for _row, column, _why in reasons(batch)] == ["name_en", "name_en", "brand"]
    batch = stage(nie, "brand,code,line,name\nGree,KFR-35,AC,Split\ngree,KFR-50,ac,Split\n", sheet="MODELS")
    catalogue.commit_import(batch, by=nie, at=NOON)
    assert [model.brand.name for model in Model.objects.order_by("code")] == ["Gree", "Gree"]
    assert Brand.objects.count() == 1


@pytest.mark.shows("M07")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("sheet", ["PARTS", "MODELS", "SERVICE_ITEMS", "FAULT_CODES"])
def test_what_is_given_out_comes_back_unchanged(
    lines: dict[str, ProductLine], nie: Actor, sheet: str, form: str
) -> None:
    catalogue.commit_import(stage(nie), by=nie, at=NOON)
    catalogue.commit_import(stage(nie, "brand,code,line,name\n=Gree,-1+1,AC,@Split\n", sheet="MODELS"), by=nie, at=NOON)
    content = catalogue.export(sheet=sheet, form=form, by=nie, at=NOON)
    back = stage(nie, content, sheet=sheet)
    assert set(verdicts(back)) == {"SAME"}
    assert len(verdicts(back)) == len(queries.standing(Sheet(sheet)))


def test_no_cell_that_is_given_out_runs_as_a_formula(lines: dict[str, ProductLine], nie: Actor) -> None:
    catalogue.commit_import(stage(nie), by=nie, at=NOON)
    text = catalogue.export(sheet="PARTS", form="csv", by=nie, at=NOON).decode("utf-8-sig")
    assert "'=HACK()" in text
    assert ",=" not in text
    assert not text.startswith("=")
    assert Part.objects.filter(code="=HACK()").exists()


@given(some.text(max_size=30))
def test_the_guard_comes_off_as_it_went_on(cell: str) -> None:
    assert tables.unguard(tables.guard(cell)) == cell
    assert not tables.guard(cell).startswith(tables.RUNS)


@given(some.binary(max_size=300))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    with suppress(tables.Unreadable):
        tables.read(content)


def test_files_are_the_network_managers(
    lines: dict[str, ProductLine], nie: Actor, lin: Actor, shen: Actor, an: Actor
) -> None:
    batch = stage(nie)
    for stranger in (lin, shen, an):
        for verb in (
            stage,
            lambda by: catalogue.commit_import(batch, by=by, at=NOON),
            lambda by: catalogue.abandon_import(batch, by=by, at=NOON),
        ):
            with pytest.raises(NotAllowed):
                verb(stranger)
    with pytest.raises(NotAllowed):
        catalogue.export(sheet="PARTS", by=lin, at=NOON)
    assert not Part.objects.exists()
    assert catalogue.export(sheet="PARTS", by=nie, at=NOON)


def test_a_list_of_thousands_is_taken_at_once(lines: dict[str, ProductLine], nie: Actor) -> None:
    content = "code,name_en,lines\n" + "".join(f"P{number:05d},Part {number},AC;TV\n" for number in range(3000))
    catalogue.commit_import(stage(nie, content), by=nie, at=NOON)
    changed = content.replace("Part ", "Piece ")
    catalogue.commit_import(stage(nie, changed), by=nie, at=NOON)
    assert Part.objects.filter(names__en="Piece 2999").exists()
    assert (Part.objects.count(), ImportRow.objects.count()) == (3000, 6000)
