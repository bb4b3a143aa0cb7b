"""Whole lists by file, in the browser."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiju.kernel.models import TrailEntry
from guiju.standing.catalogue.models import ImportBatch, Part
from tests.desks.common.page import assert_strict

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]
TEXT = "code,name_en,base_unit,is_serialised,cost\nCMP-09K,Compressor,PIECE,yes,380.00\nODD-1,Odd,barrel,no,1\n"


def sent(text: str = TEXT, sheet: str = "PARTS") -> dict[str, object]:
    """The form with a file."""
    return {"sheet": sheet, "file": SimpleUploadedFile("parts.csv", text.encode(), "text/csv")}


@pytest.mark.shows("M07")
def test_a_file_is_looked_at_taken_and_given_out_again(signed_in: SignedIn) -> None:
    manager = signed_in("nie")
    assert_strict(manager.get("/back-office/files/").content.decode())
    assert signed_in("ma").post("/back-office/files/", sent()).status_code == 403
    answer = manager.post("/back-office/files/", sent())
    batch = ImportBatch.objects.get()
    address = f"/back-office/files/{batch.pk}/"
    assert answer.headers["Location"] == address
    page = manager.get(address).content.decode()
    assert_strict(page)
    assert "base_unit" in manager.get(f"{address}?verdict=REJECTED").content.decode()
    assert "CMP-09K" not in manager.get(f"{address}?verdict=REJECTED").content.decode()
    assert not Part.objects.exists()
    assert signed_in("ma").post(f"{address}commit").status_code == 403
    assert manager.post(f"{address}commit").status_code == 302
    assert list(Part.objects.values_list("code", flat=True)) == ["CMP-09K"]
    given = signed_in("ma").post("/back-office/files/export", {"sheet": "PARTS", "way": "csv"})
    assert "CMP-09K" in given.content.decode("utf-8-sig")
    assert TrailEntry.objects.filter(verb="catalogue.export").exists()
    assert signed_in("lin").post("/back-office/files/export", {"sheet": "PARTS", "way": "csv"}).status_code == 403


def test_a_file_is_put_aside(signed_in: SignedIn) -> None:
    manager = signed_in("nie")
    manager.post("/back-office/files/", sent())
    batch = ImportBatch.objects.get()
    assert manager.post(f"/back-office/files/{batch.pk}/abandon").status_code == 302
    batch.refresh_from_db()
    assert batch.state == "ABANDONED"
    assert "Take these rows" not in manager.get(f"/back-office/files/{batch.pk}/").content.decode()
    assert not Part.objects.exists()


def test_a_file_without_its_columns_says_so_and_keeps_the_choice(signed_in: SignedIn) -> None:
    answer = signed_in("nie").post("/back-office/files/", sent("colour\nred\n", "SERVICE_ITEMS"))
    assert answer.status_code == 422
    assert "The file lacks these columns" in answer.context["form"].errors["file"][0]
    page = answer.content.decode()
    assert '<option value="SERVICE_ITEMS" selected' in page
    assert_strict(page)
    assert not ImportBatch.objects.exists()
