"""The calendar in the browser: see the closed days, add one, withdraw one, enter the state's holidays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

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


def test_the_head_office_enters_the_holidays(
    cast: Cast, signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar, "now", lambda: NOON - timedelta(days=60))
    nie, ma = signed_in("nie"), signed_in("ma")
    assert "public holidays CN-2026" in nie.get(HOME).content.decode()
    assert "public holidays CN-2026" not in ma.get(HOME).content.decode()
    assert ma.post(f"{HOME}holidays", {"announced": "CN-2026"}).status_code == 403
    assert nie.post(f"{HOME}holidays", {"announced": "CN-2026"}).status_code == 302
    page = nie.get(HOME).content.decode()
    assert_strict(page)
    assert "National Day" in page
    assert "the whole brand" in page
