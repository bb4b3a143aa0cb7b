"""The calendar in the browser: see the closed days, add one, withdraw one, and what the state announced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from guiju.desks.back_office.views import calendar
from guiju.standing.policy.models import ClosedDay
from tests.cast import NOON, Cast
from tests.desks.common.page import assert_strict

pytestmark = pytest.mark.django_db
HOME = "/back-office/calendar/"


def test_a_manager_closes_a_day_and_opens_it_after_all(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    ma, he, soon = signed_in("ma"), signed_in("he"), timezone.now().date() + timedelta(days=30)
    typed = {"unit": cast.units["FS01"].pk, "on": str(soon), "reason": "Stocktaking"}
    assert he.post(HOME, typed).status_code == 422
    assert signed_in("lin").get(HOME).status_code == 403
    assert ma.post(HOME, typed).status_code == 302
    again = ma.post(HOME, typed)
    assert again.status_code == 422
    assert "That day is closed already." in again.content.decode()
    page = ma.get(HOME).content.decode()
    assert_strict(page)
    assert "Stocktaking" in page
    assert "Stocktaking" not in he.get(HOME).content.decode()
    day = ClosedDay.objects.get()
    assert he.post(f"{HOME}{day.pk}/reopen").status_code == 404
    assert signed_in("lin").post(f"{HOME}{day.pk}/reopen").status_code == 403
    assert ma.post(f"{HOME}{day.pk}/reopen").status_code == 302
    assert "withdrawn by ma" in ma.get(HOME).content.decode()


@pytest.mark.parametrize(
    ("at", "said"),
    [(NOON - timedelta(days=60), "Known until 31 Dec 2026.</p>"), (NOON, "Dates that are promised beyond say so.")],
)
def test_the_page_shows_the_holidays_of_the_state_and_how_far_they_are_known(
    cast: Cast, signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, at: datetime, said: str
) -> None:
    monkeypatch.setattr(calendar, "now", lambda: at)
    page = signed_in("ma").get(HOME).content.decode()
    assert_strict(page)
    assert "Public holidays CN" in page
    assert said in page
    assert ("National Day" in page) is (at < NOON)


def test_a_state_without_a_calendar_is_said(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    type(cast.units["FS01"]).objects.filter(code="FS01").update(jurisdiction="MO")
    assert "We have no calendar of this state." in signed_in("ma").get(HOME).content.decode()
