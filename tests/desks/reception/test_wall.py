"""The outlet proves with a photograph that the prices in force hang on its wall; head office sees who does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiju.kernel.models import Evidence
from guiju.standing.pricing.models import DisplayProof
from tests.desks.common.page import assert_strict
from tests.desks.reception.typed import once, photos
from tests.line.cast_line import Shop

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]
WALL, WALLS = "/reception/wall", "/back-office/prices/walls/"


def read(answer: Any) -> str:
    """The page, which is as strict as every other."""
    html: str = answer.content.decode()
    assert_strict(html)
    return html


@pytest.mark.shows("PRC-5")
def test_the_counter_is_reminded_and_gives_the_proof(shop: Shop, signed_in: SignedIn) -> None:
    listed, lin = shop.price_list, signed_in("lin")
    assert f'href="{WALL}"' in read(lin.get("/reception/"))
    page = read(lin.get(WALL))
    assert "Nobody has shown yet that the list in force hangs on the wall." in page
    assert "/p/board/FS01/paper.pdf?language=zh-hans" in page
    answer = lin.post(WALL, {"photo": photos(1), **once()}, follow=True)
    assert "Thank you. The proof is kept." in answer.content.decode()
    proof = DisplayProof.objects.get()
    assert (proof.price_list_id, proof.proved_by.name, proof.photo.kind) == (listed.pk, "lin", "DISPLAY")
    page = read(answer)
    assert "Nobody has shown yet" not in page
    assert f"{WALLS}{proof.pk}.jpg" in page
    # Twice the same form is once.
    sent = {"photo": photos(2)[1:], **once()}
    again = {**sent, "photo": photos(2)[1:]}
    assert lin.post(WALL, sent).status_code == lin.post(WALL, again).status_code == 302
    assert DisplayProof.objects.count() == 2


def test_what_is_no_photograph_of_today_is_refused_at_its_field(shop: Shop, signed_in: SignedIn) -> None:
    lin = signed_in("lin")

    def refused(**sent: Any) -> str:
        answer = lin.post(WALL, {**sent, **once()})
        assert answer.status_code == 422
        read(answer)
        return str(answer.context["form"].errors)

    assert "No price list is in force for Foshan Chancheng today" in refused(photo=photos(1))
    assert Evidence.objects.filter(kind="DISPLAY").count() == 0
    _ = shop.price_list
    assert "Take at least 1 photo; you sent 0." in refused()
    assert "The file notes.txt is not a picture." in refused(
        photo=[SimpleUploadedFile("notes.txt", b"prices", "text/plain")]
    )
    assert "This is not a picture that can be read." in refused(
        photo=[SimpleUploadedFile("wall.jpg", b"prices", "image/jpeg")]
    )
    assert lin.post(WALL, {"photo": photos(1), **once()}).status_code == 302
    assert "This photograph was a proof already." in refused(photo=photos(1))
    assert DisplayProof.objects.count() == 1


@pytest.mark.shows("PRC-5")
def test_head_office_sees_which_outlet_lacks_one_and_looks_at_the_photograph(shop: Shop, signed_in: SignedIn) -> None:
    _ = shop.price_list
    signed_in("ma").post(WALL, {"photo": photos(1), **once()})
    proof = DisplayProof.objects.get()
    nie = signed_in("nie")
    page = read(nie.get(WALLS))
    assert page.index("Guangzhou Tianhe") < page.index("Foshan Chancheng")
    assert "1 outlet lacks the proof" in page
    picture = nie.get(f"{WALLS}{proof.pk}.jpg")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(picture.streaming_content)[:2] == b"\xff\xd8"  # type: ignore[attr-defined]
    # Another outlet sees neither, and proves nothing there.
    zhou = signed_in("zhou")
    assert zhou.get(f"{WALLS}{proof.pk}.jpg").status_code == 404
    assert zhou.get(WALLS).status_code == 403
    assert zhou.get(f"{WALL}?outlet=FS01").status_code == 404
    assert zhou.post(f"{WALL}?outlet=FS01", {"photo": photos(1), **once()}).status_code == 404
    assert zhou.get(f"{WALL}?outlet=GZ02").status_code == 200
    assert signed_in("bo").get(WALL).status_code == 403


def test_the_wall_is_read_in_a_few_statements(
    shop: Shop, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    _ = shop.price_list
    lin, nie = signed_in("lin"), signed_in("nie")
    lin.post(WALL, {"photo": photos(1), **once()})
    for browser, address in ((lin, WALL), (nie, WALLS)):
        browser.get(address)
        with django_assert_max_num_queries(12):
            assert browser.get(address).status_code == 200
