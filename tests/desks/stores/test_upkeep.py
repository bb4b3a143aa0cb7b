"""The store itself, in the keeper's browser: what was missed stands there in words and in red."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guiju.books.stock import actions as stock
from guiju.jobs.clock import tick
from guiju.readiness.upkeep.models import ClimateReading, FireEquipment, Inspection, Ventilation
from guiju.readiness.upkeep.rules import Item, State
from tests.cast import Cast
from tests.desks.common.page import assert_strict

pytestmark = pytest.mark.django_db


@pytest.mark.shows("S2-87", "S2-88", "F17")
def test_what_was_missed_in_a_store_shows_until_it_is_done(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    long_ago = timezone.now() - timedelta(days=8)
    store = stock.open_store(
        cast.units["FS01"], code="S1", names={"en": "Parts"}, kind="OUTLET", by=cast.actors["ma"], at=long_ago
    )
    tick(long_ago)
    tick(timezone.now())
    shen = signed_in("shen")

    def page(name: str = "upkeep_room", *keys: int) -> str:
        text = shen.get(
            reverse(f"stores:{name}", args=keys or (() if name == "upkeep" else (store.pk,)))
        ).content.decode()
        assert_strict(text)
        return text

    def do(name: str, pk: int, status: int = 302, **typed: str) -> str:
        answer = shen.post(reverse(f"stores:upkeep_{name}", args=[pk]), typed)
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode()

    assert "Inspection missed" in page("upkeep")
    assert "Missed: the inspection of the week" in page()
    missed = Inspection.objects.get(state=State.OVERDUE)
    ticked = {str(item): "on" for item in Item}
    assert "Say what is not in order" in do("inspect", missed.pk, 422, **{**ticked, "LEAKS": ""})
    do("inspect", missed.pk, **ticked)
    assert "Inspection missed" not in page("upkeep")
    do("climate", store.pk, celsius="35.5", humidity="50")
    reading = ClimateReading.objects.get()
    assert (reading.celsius_tenths, reading.is_outside) == (355, True)
    assert "Outside its limits" in page()
    do("act_on", reading.pk, action="The fan is on")
    assert "Outside its limits" not in page()
    do("air", store.pk)
    assert "End the airing" in page()
    do("shut", store.pk)
    assert Ventilation.objects.get().ended_at is not None
    today = timezone.localdate().isoformat()
    do("fire", store.pk, kind="EXTINGUISHER", number="X1", place="Door", expires_on=today, next_check_on="2099-01-01")
    assert "past its date" in page()
    do("check", FireEquipment.objects.get().pk, expires_on="2098-01-01", next_check_on="2099-01-01")
    assert "past its date" not in page()
    assert signed_in("an").get(reverse("stores:upkeep")).status_code == 200
    assert signed_in("cai").get(reverse("stores:upkeep")).status_code == 403
    assert signed_in("tang").get(reverse("stores:upkeep_room", args=[store.pk])).status_code == 404
