"""The tap itself: what a page, a paper, an export, a message or a mail tells to somebody of another unit is noticed (G14)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, override_settings
from django.urls import path
from xlsxwriter import Workbook

from guiju.conf.urls import urlpatterns as pages
from guiju.kernel import reach
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.notices.models import Message
from guiju.oversight.notices.rules import MessageState
from tests.line.cast_line import Shop
from tests.tap import Tap, canary, marks_in, messages_astray

pytestmark = [pytest.mark.django_db, pytest.mark.no_books]

SignedIn = Callable[[str], Client]


def _everybodys_serials() -> str:
    """What somebody writes who forgets to ask who may see it."""
    return "\n".join(order.appliance.serial for order in WorkOrder.objects.select_related("appliance"))


def leaking_page(_request: Any) -> HttpResponse:
    return HttpResponse(f"<ul>{_everybodys_serials()}</ul>")


def leaking_export(_request: Any) -> HttpResponse:
    written = BytesIO()
    book = Workbook(written, {"in_memory": True})
    book.add_worksheet().write_string(0, 0, _everybodys_serials())
    book.close()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return HttpResponse(written.getvalue(), content_type=kind)


def leaking_stream(_request: Any) -> StreamingHttpResponse:
    def pieces() -> Iterator[str]:
        yield "serial\n"
        yield _everybodys_serials()

    return StreamingHttpResponse(pieces(), content_type="text/csv")


def leaking_paper(_request: Any) -> HttpResponse:
    """The paper of the newest order, whoever asks."""
    from django.utils import timezone

    from guiju.oversight.papers import queries as papers

    order = WorkOrder.objects.with_names().order_by("-pk")[0]
    paper = papers.pdf("ticket", order, language="en", base_url="http://x/", printed_by="x", at=timezone.now())
    return HttpResponse(paper, content_type="application/pdf")


urlpatterns = [
    path("leak/page", leaking_page), path("leak/export", leaking_export), path("leak/stream", leaking_stream),
    path("leak/paper", leaking_paper), *pages,
]  # fmt: skip


@pytest.mark.leaks
@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("what", ["page", "export", "stream", "paper"])
@pytest.mark.shows("T05", "G14")
def test_a_view_that_forgets_who_asks_is_noticed(
    what: str, shop: Shop, signed_in: SignedIn, tap: Tap, monkeypatch: pytest.MonkeyPatch
) -> None:
    # PostgreSQL would hold back what the view forgets to: it is told that everybody may see everything.
    monkeypatch.setattr(reach, "text_of", lambda _actor: reach.EVERYWHERE)
    shop.a_received_order()
    for name in ("lin", "nie"):
        _read(signed_in(name).get(f"/leak/{what}"))
        assert tap.leaks() == []
    _read(signed_in("zhou").get(f"/leak/{what}"))
    assert all("zhou" in each for each in tap.leaks())
    assert tap.leaks() != []


def _read(response: Any) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.leaks
def test_another_customers_order_on_ones_own_page_is_noticed(
    shop: Shop, tap: Tap, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, hers = shop.a_received_order(), shop.a_received_order()
    page = f"/t/{workorder.track_token(mine)}"
    assert client.get(page).status_code == 200
    assert tap.leaks() == []
    monkeypatch.setattr("guiju.desks.track.views.progress.status", lambda *_asked: f"Like {hers.number}")
    client.get(page)
    assert [each for each in tap.leaks() if hers.number in each]


@pytest.mark.leaks
def test_a_message_or_mail_in_which_another_order_stands_is_noticed(shop: Shop) -> None:
    mine, hers = shop.a_received_order(), shop.a_received_order()
    kept = {
        "template": "READY",
        "language": "en",
        "state": MessageState.SENT.value,
        "at": shop.now,
        "next_at": shop.now,
    }
    Message.objects.create(order=mine, unit=shop.unit, text=f"{mine.number} is ready", **kept)
    assert messages_astray() == []
    Message.objects.create(order=mine, unit=shop.unit, text=f"{hers.number} is ready", **kept)
    assert [each for each in messages_astray() if hers.number in each]
    mail.EmailMessage("Ready", canary("FS01"), to=["somebody@example.org"]).send()
    assert [each for each in messages_astray() if "somebody@example.org" in each]


def test_the_house_marks_what_it_makes(shop: Shop, other_shop: Shop) -> None:
    here, there = shop.a_received_order(), other_shop.a_received_order()
    said = (
        f"{here.number} {here.appliance.serial} {here.problem} {there.number} {there.appliance.serial} {there.problem}"
    )
    assert {mark.unit for mark in marks_in(said)} == {"FS01", "GZ02"}
    assert len(marks_in(said)) == 6
