"""Published repairs come in, row by row or with a reason, and go out as they came."""

from __future__ import annotations

import csv
import io
import os
import time
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as some

from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue import queries
from guiju.standing.catalogue.models import Appliance, Brand, ImportBatch, ProductLine, ServiceRecord
from guiju.standing.catalogue.rules import open_repair, tables
from guiju.standing.people.models import Unit
from tests.cast import NOON

SAMPLE = resources.files("guiju.standing.catalogue").joinpath("data", "open-repair-sample.csv").read_bytes()
WHOLE = Path(
    os.environ.get("GUIJU_OPEN_REPAIR")
    or Path(__file__).parents[4] / "shared" / "data" / "open-repair-restart-2022-04.csv"
)
HEADINGS = "id,data_provider,product_category,brand,repair_status,event_date,problem"


def bring(unit: Unit, by: Actor, content: bytes | str, **others: Any) -> ImportBatch:
    content = content.encode() if isinstance(content, str) else content
    return catalogue.import_open_repair(unit=unit, content=content, file_name="repairs.csv", by=by, at=NOON, **others)


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    return tuple(batch.counts[verdict] for verdict in ("NEW", "CHANGED", "SAME", "REJECTED"))


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def written() -> list[tuple[Any, ...]]:
    return [
        *Appliance.objects.order_by("pk").values_list(),
        *ServiceRecord.objects.order_by("pk").values_list(),
        *Brand.objects.order_by("pk").values_list(),
        *ProductLine.objects.order_by("pk").values_list(),
    ]


@pytest.mark.shows("A14")
def test_each_row_becomes_a_machine_with_one_repair_in_its_history(fs01_unit: Unit, nie: Actor) -> None:
    batch = bring(fs01_unit, nie, SAMPLE)
    rows = cells(SAMPLE)
    assert counts(batch) == (len(rows) - 1, 0, 0, 0)
    assert Appliance.objects.count() == ServiceRecord.objects.count() == len(rows) - 1
    told = Counter(row[rows[0].index("repair_status")] for row in rows[1:])
    kept = Counter(ServiceRecord.objects.values_list("outcome", flat=True))
    assert kept == {
        "FIXED": told["Fixed"],
        "REPAIRABLE": told["Repairable"],
        "END_OF_LIFE": told["End of life"],
        "UNKNOWN": told["Unknown"],
    }
    kettle = ServiceRecord.objects.get(problem__startswith="Blows main MCB").appliance
    assert (kettle.line.code, kettle.brand.name, kettle.made_in_year) == ("KETTLE", "John Lewis", 2016)
    (past,) = queries.history(kettle, by=nie)
    assert (past.outcome, past.barrier, past.event_on is not None) == ("END_OF_LIFE", "PARTS_UNAVAILABLE", True)


def test_the_same_file_again_changes_nothing(fs01_unit: Unit, nie: Actor) -> None:
    first = bring(fs01_unit, nie, SAMPLE)
    before = written()
    again = bring(fs01_unit, nie, SAMPLE)
    assert counts(again) == (0, 0, len(before) and ServiceRecord.objects.count(), 0)
    assert written() == before
    assert (again.pk, ImportBatch.objects.count()) == (first.pk, 1)


def test_what_came_in_goes_out_cell_by_cell(fs01_unit: Unit, nie: Actor) -> None:
    bring(fs01_unit, nie, SAMPLE)
    out = catalogue.export_open_repair(by=nie, at=NOON)
    assert cells(out) == cells(SAMPLE)
    assert counts(bring(fs01_unit, nie, out))[:2] == (0, 0)


def shuffled(content: bytes) -> bytes:
    """The same rows with other columns first, one more column, one missing, semicolons, a BOM and Windows line ends."""
    rows = cells(content)
    order = sorted(range(len(rows[0])), key=lambda place: rows[0][place][::-1])
    order.remove(rows[0].index("country"))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    for number, row in enumerate(rows):
        writer.writerow([*(row[place] for place in order), "reparateur" if number == 0 else f"é {number}\nsecond line"])
    return out.getvalue().replace("The Restart Project", "Repair Café 修理").encode("utf-8-sig")


def test_a_file_of_another_partner_with_its_own_columns_loads_too(fs01_unit: Unit, nie: Actor) -> None:
    other = shuffled(SAMPLE)
    batch = bring(fs01_unit, nie, other)
    assert counts(batch) == (64, 0, 0, 0)
    out = cells(catalogue.export_open_repair(by=nie, at=NOON))
    came = list(csv.reader(io.StringIO(other.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert out == came
    bring(fs01_unit, nie, SAMPLE)
    assert ServiceRecord.objects.count() == 128, "the same number of another partner is another repair"
    only = cells(catalogue.export_open_repair(provider="The Restart Project", by=nie, at=NOON))
    assert len(only) == 65
    assert {tuple(sorted(zip(only[0], row, strict=True))) for row in only[1:]} == {
        tuple(sorted(zip(cells(SAMPLE)[0], row, strict=True))) for row in cells(SAMPLE)[1:]
    }


def test_the_least_that_the_standard_asks_for_is_enough(fs01_unit: Unit, nie: Actor) -> None:
    batch = bring(fs01_unit, nie, "ID,Product Category,Repair Status\nx-1,Toaster,fixed\n", provider="Anstiftung")
    assert counts(batch) == (1, 0, 0, 0)
    record = ServiceRecord.objects.get()
    assert (record.source, record.outcome, record.appliance.brand.code) == (
        "open-repair:Anstiftung",
        "FIXED",
        "UNKNOWN",
    )
    earlier = f"{HEADINGS},repair_barrier\nx-2,P,Toaster,Ronson,End of life,2019-01-01 00:00:00,x,Item too worn out\n"
    assert counts(bring(fs01_unit, nie, earlier)) == (1, 0, 0, 0)
    assert ServiceRecord.objects.get(source_id="x-2").barrier == "WORN_OUT"


@pytest.mark.shows("M07")
def test_each_row_that_is_refused_says_why_and_is_kept(fs01_unit: Unit, nie: Actor) -> None:
    refused = [
        (",P,Toaster,B,Fixed,2020-01-01,x", "id"),
        ("1,,Toaster,B,Fixed,2020-01-01,x", "data_provider"),
        ("2,P,,B,Fixed,2020-01-01,x", "product_category"),
        ("3,P,Toaster,B,Exploded,2020-01-01,x", "repair_status"),
        ("4,P,Toaster,B,,2020-01-01,x", "repair_status"),
        ("5,P,Toaster,B,Fixed,2020-02-30,x", "event_date"),
        ("6,P,Toaster,B,Fixed,01/02/2020,x", "event_date"),
        ("7,P,Toaster,B,Fixed,2020-01-01", ""),
        ("8,P,Toaster,B,Fixed,2020-01-01,x,y", ""),
        (f"9,P,Toaster,{'b' * 121},Fixed,2020-01-01,x", "brand"),
        (f"10,P,Toaster,B,Fixed,2020-01-01,{'x' * 20_001}", "problem"),
        ("good,P,Toaster,B,Fixed,2020-01-01,otherwise", "id"),
    ]
    content = "\n".join([HEADINGS, "good,P,Toaster,B,Fixed,2020-01-01,x", *(row for row, _column in refused), ""])
    batch = bring(fs01_unit, nie, content)
    assert counts(batch) == (1, 0, 0, len(refused))
    shown = queries.preview(batch, verdict="REJECTED")
    assert [row.column for row in shown] == [column for _row, column in refused]
    assert [row.row_number for row in shown] == list(range(3, 15))
    assert all(str(reason) for row in shown for reason in row.because)
    assert [list(row.cells) for row in shown] == [next(csv.reader([row])) for row, _column in refused]
    again = bring(fs01_unit, nie, content)
    assert (again.pk, counts(again)) == (batch.pk, (0, 0, 1, len(refused)))


def test_ages_and_years_tell_when_the_machine_was_made(fs01_unit: Unit, nie: Actor) -> None:
    more = f"{HEADINGS},year_of_manufacture,product_age"
    rows = [
        "1,P,Toaster,B,Fixed,2020-06-01,x,2015,",
        "2,P,Toaster,B,Fixed,2020-06-01,x,,2.5",
        "3,P,Toaster,B,Fixed,,x,,3",
    ]
    rows += ["4,P,Toaster,B,Fixed,2020-06-01,x,old,", "5,P,Toaster,B,Fixed,2020-06-01,x,,NaN"]
    rows += ["6,P,Toaster,B,Fixed,0001-06-01,x,,2", "7,P,Toaster,B,Fixed,2020-06-01,x,,-1"]
    batch = bring(fs01_unit, nie, "\n".join([more, *rows]))
    assert [row.column for row in queries.preview(batch)] == ["year_of_manufacture", *["product_age"] * 3]
    assert list(Appliance.objects.order_by("pk").values_list("made_in_year", flat=True)) == [2015, 2018, None]


def test_a_later_edition_corrects_its_rows_and_leaves_the_others(fs01_unit: Unit, nie: Actor) -> None:
    rows = [HEADINGS, "1,P,Toaster,Dualit,Unknown,2020-01-01,x", "2,P,Toaster,Dualit,Fixed,2020-01-01,y"]
    bring(fs01_unit, nie, "\n".join(rows))
    keys = list(ServiceRecord.objects.order_by("pk").values_list("pk", "appliance_id"))
    rows[1] = "1,P,Kettle,Smeg,Fixed,2020-01-02,better"
    assert counts(bring(fs01_unit, nie, "\n".join([*rows, "3,P,Iron,Tefal,Fixed,2020-01-01,z"]))) == (1, 1, 1, 0)
    first = ServiceRecord.objects.get(source_id="1")
    assert (first.outcome, first.problem, first.appliance.line.code, first.appliance.brand.name) == (
        "FIXED",
        "better",
        "KETTLE",
        "Smeg",
    )
    assert list(ServiceRecord.objects.order_by("pk").values_list("pk", "appliance_id"))[:2] == keys


def test_categories_become_the_shops_own_lines(fs01_unit: Unit, lines: dict[str, ProductLine], nie: Actor) -> None:
    rows = ["1,P,Flat screen,B,Fixed,,", "2,P,washing machine,B,Fixed,,", "3,P,Electric guitar,B,Fixed,,"]
    bring(fs01_unit, nie, "\n".join([HEADINGS, *rows]))
    assert [machine.line.code for machine in Appliance.objects.order_by("pk")] == ["TV", "WASHER", "ELECTRIC-GUITAR"]
    assert ProductLine.objects.count() == len(lines) + 1


HOSTILE = {
    "empty": (b"", "headings"),
    "no column of the standard": (b"name,price\nA,1\n", "id, data_provider, product_category, repair_status"),
    "without provider": (b"id,product_category,repair_status\n1,Toaster,Fixed\n", "data_provider"),
    "latin letters": (
        "id,data_provider,product_category,repair_status\n1,Café,Toaster,Fixed\n".encode("latin-1"),
        "UTF-8",
    ),
    "utf-16": (HEADINGS.encode("utf-16"), "UTF-8"),
    "zeros": (HEADINGS.encode() + b"\n\x00,P,Toaster,B,Fixed,,\n", "not a table"),
    "doubled heading": (b"id,ID,data_provider,product_category,repair_status\n", "twice"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "UTF-8"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(fs01_unit: Unit, nie: Actor, what: str) -> None:
    content, why = HOSTILE[what]
    with pytest.raises(catalogue.FileUnreadable, match=why) as refused:
        bring(fs01_unit, nie, content)
    assert refused.value.field == "file"
    assert not ImportBatch.objects.exists()


def test_a_quotation_mark_that_never_closes_loses_nothing(fs01_unit: Unit, nie: Actor) -> None:
    swallowed = "".join(f"{number},P,Toaster,B,Fixed,,z\n" for number in range(20_000))
    batch = bring(fs01_unit, nie, f'{HEADINGS}\na,P,Toaster,B,Fixed,,x\nb,P,Toaster,"B,Fixed,,y\n{swallowed}')
    assert counts(batch) == (1, 0, 0, 1)
    assert queries.preview(batch)[0].cells[-1].endswith(swallowed)


@given(some.lists(some.lists(some.text(max_size=12), min_size=7, max_size=7), max_size=5))
def test_every_row_is_judged_whatever_stands_in_it(rows: list[list[str]]) -> None:
    content = open_repair.write(HEADINGS.split(","), [dict(zip(HEADINGS.split(","), row, strict=True)) for row in rows])
    try:
        headings, numbered = open_repair.read(content)
    except tables.Unreadable:
        return
    for _number, row in numbered:
        verdict = open_repair.judge(row, headings)
        assert isinstance(verdict, open_repair.Rejected) or list(verdict.raw.values()) == row


def test_published_repairs_are_the_network_managers(
    fs01_unit: Unit, nie: Actor, lin: Actor, an: Actor, ma: Actor
) -> None:
    for stranger in (lin, ma, an):
        with pytest.raises(NotAllowed):
            bring(fs01_unit, stranger, SAMPLE)
        with pytest.raises(NotAllowed):
            catalogue.export_open_repair(by=stranger, at=NOON)
    bring(fs01_unit, nie, SAMPLE)


def test_the_command_brings_a_file_in_and_gives_it_out(
    hq_unit: Unit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(SAMPLE + b",,,,,,,,,,,,,\n")
    call_command("import", "open-repair", str(source))
    said = capsys.readouterr().out
    assert "65 rows: 64 new, 0 changed, 0 unchanged, 1 rejected." in said
    assert "Row 66, data_provider: This cell must not be empty." in said
    call_command("export", "open-repair", str(out))
    assert cells(out.read_bytes()) == cells(SAMPLE)
    assert Appliance.objects.filter(unit=hq_unit).count() == 64


@pytest.mark.parametrize(("content", "why"), [(None, "can't be read"), (b"a,b\n", "lacks id")])
def test_the_command_says_what_is_the_matter(hq_unit: Unit, tmp_path: Path, content: bytes | None, why: str) -> None:
    source = tmp_path / "in.csv"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(CommandError, match=why):
        call_command("import", "open-repair", str(source))


def test_the_command_asks_for_a_unit_that_exists(hq_unit: Unit, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(SAMPLE)
    with pytest.raises(CommandError, match="no unit XX"):
        call_command("import", "open-repair", str(tmp_path / "in.csv"), unit="XX")


@pytest.mark.skipif(
    not WHOLE.exists(), reason="THE WHOLE OPEN REPAIR FILE IS MISSING: set GUIJU_OPEN_REPAIR to its path"
)
@pytest.mark.shows("A14")
@pytest.mark.slow
def test_the_whole_file_comes_in_and_goes_out(hq_unit: Unit, nie: Actor) -> None:
    content = WHOLE.read_bytes()
    started = time.monotonic()
    batch = bring(hq_unit, nie, content)
    seconds = time.monotonic() - started
    assert counts(batch) == (23_940, 0, 0, 0)
    assert ServiceRecord.objects.exclude(barrier="").count() == 1_275
    before = (Brand.objects.count(), ProductLine.objects.count(), Appliance.objects.count())
    assert counts(bring(hq_unit, nie, content)) == (0, 0, 23_940, 0)
    assert (Brand.objects.count(), ProductLine.objects.count(), Appliance.objects.count()) == before
    assert cells(catalogue.export_open_repair(by=nie, at=NOON)) == cells(content)
    # Ten times what it takes on an idle machine: a slip into one statement a row would take minutes.
    assert seconds < 60
