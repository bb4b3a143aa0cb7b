"""A shop of one: the same person takes it in, repairs it, tests it with photos, is paid and hands it over (5.4, small-shop mode)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from guiju.line.cashier import actions as cashier
from guiju.line.cashier import queries as tills
from guiju.line.intake import queries as intake
from guiju.line.quality import actions as quality_actions
from guiju.line.quality import queries as quality
from guiju.line.quality.models import Inspection
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import State
from guiju.standing.catalogue.models import Appliance
from guiju.standing.people import actions as people
from guiju.standing.people import queries
from guiju.standing.people.models import RoleGrant
from guiju.standing.pricing.models import PriceLine
from tests.cast import FOUNDED, Cast, password_of
from tests.desks.common.page import assert_strict
from tests.desks.reception.typed import a_newcomer, photos, signed, the_appliance, the_order
from tests.desks.seat import Seat, said
from tests.line import stages
from tests.line.cast_line import Shop, fresh, names

pytestmark = pytest.mark.django_db

ALL_DUTIES = ("RC", "DP", "TE", "QC", "CA", "OM")


def hired(cast: Cast, name: str, *duties: str) -> None:
    """Somebody of the little outlet, with these duties."""
    unit = cast.units["SO03"]
    then: dict[str, Any] = {"by": cast.actors["ad"], "at": FOUNDED}
    person = people.hire(unit=unit, number=f"P-{name}", name=name, **then)
    for duty in duties:
        people.grant_role(person, role=duty, unit=unit, starts_on=unit.day(FOUNDED), **then)
    login = people.make_login(person, username=name, password=password_of(name), language="en", **then)
    cast.people[name], cast.logins[name] = person, login
    acting = queries.actor_of(person, timezone.now())
    assert acting is not None
    cast.actors[name] = acting


@pytest.fixture
def alone(cast: Cast, settings: Any, tmp_path: Path) -> Shop:
    """Mo's own shop this morning: nobody else works there."""
    settings.MEDIA_ROOT = tmp_path
    then: dict[str, Any] = {"by": cast.actors["ad"], "at": FOUNDED}
    cast.units["SO03"] = people.create_unit(
        code="SO03", names=names("Mo's repairs"), kind="OUTLET", parent=cast.units["SD"], **then
    )
    hired(cast, "mo", *ALL_DUTIES)
    shop = Shop(cast, code="SO03", now=timezone.now() - timedelta(hours=6))
    _ = shop.price_list, shop.symptom, shop.fault, shop.misuse, shop.compressor
    shop.certify("mo")
    cashier.add_till(unit=shop.unit, code="T1", by=cast.actors["mo"], at=FOUNDED)
    return shop


@pytest.fixture
def mo(alone: Shop, signed_in: Callable[[str], Client]) -> Seat:
    """Mo, in a browser."""
    return Seat(signed_in("mo"))


def done(mo: Seat, path: str, **typed: Any) -> str:
    """A step that must succeed; where it leads."""
    answer = mo.post(path, **typed)
    assert answer.status_code == 302, f"{path}\n{said(answer)}"
    return str(answer.headers["Location"])


def repaired(alone: Shop, mo: Seat) -> WorkOrder:
    """A washing machine that Mo took in and has repaired, each step on its own page."""
    done(mo, "/reception/customers/new", **a_newcomer(alone.line))
    machine = Appliance.objects.get(serial="HA-778899")
    done(mo, f"/reception/appliances/{machine.pk}/take-in", **the_order(symptoms=[alone.symptom.pk]) | the_appliance())
    order = WorkOrder.objects.get()
    counter, bench = f"/reception/orders/{order.number}", f"/bench/{order.number}"
    done(mo, f"/control-room/{order.number}/assign", technician="P-mo")
    done(mo, f"{bench}/accept")
    done(mo, f"{bench}/start-diagnosis")
    done(mo, f"{bench}/diagnose", fault=alone.fault.pk, cause=alone.misuse.pk, findings="The belt is torn.", rows=3)
    labour = PriceLine.objects.get(item=alone.labour)
    done(mo, f"{bench}/quote", rows=3, what_0=labour.pk, quantity_0=1, price_0="100", service_hours=8)
    done(mo, f"{counter}/issue-quote")
    done(mo, f"{counter}/approve-quote", how="SIGNATURE", **signed())
    done(mo, f"{bench}/start-repair")
    done(mo, f"{bench}/labour", minutes=45, task="Changed the belt")
    done(mo, f"{bench}/finish", work_done="Belt changed, the drum spins.")
    return fresh(order)


@pytest.mark.shows("WO-6", "WO-7", "WO-8", "D08")
def test_one_person_does_it_all_and_tests_it_with_photos(alone: Shop, mo: Seat) -> None:
    values = {f"item_{key}": value for key, value in stages.a_checklist(alone).items()}
    order = repaired(alone, mo)
    assert order.state == State.QC_PENDING
    test, good = f"/inspection/{order.number}/", values | {"verdict": "PASS", "shelf": "R-1"}
    page = said(mo.get(test))
    assert "I test my own repair, because there is nobody else in this shop" in page
    assert_strict(page)
    # Without saying that it is the own work, and without photos, it stays where it is.
    assert mo.post(test, **good, photos=photos(1)).status_code == 422
    bare = mo.post(test, **good, is_self_check="on")
    assert bare.status_code == 422
    assert "A self-check needs photos." in said(bare)
    assert fresh(order).state == State.QC_PENDING
    assert done(mo, test, **good, is_self_check="on", photos=photos(2)) == "/inspection/"
    (inspection,) = quality.inspections_of(order)
    assert (inspection.is_self_check, inspection.photos.count()) == (True, 2)

    till = f"/till/jobs/{order.number}"
    done(mo, "/till/open", till=alone_till(alone), float_minor="100")
    done(mo, f"{till}/draw")
    assert mo.post(f"{till}/hand-over/", **claiming(order)).status_code == 422
    done(mo, f"{till}/pay", method="CASH", amount_minor="100", tendered_minor="100")
    done(mo, f"{till}/hand-over/", **claiming(order))
    assert fresh(order).state == State.DELIVERED


def test_where_the_manager_is_somebody_else_they_allow_each_case_and_find_it_in_the_list(
    alone: Shop, mo: Seat, signed_in: Callable[[str], Client]
) -> None:
    """5.4, small-shop mode: with owner approval per case, full evidence, and a list for each month."""
    values = {f"item_{key}": value for key, value in stages.a_checklist(alone).items()}
    order = repaired(alone, mo)
    # Mo hands the shop to Qi, and goes on repairing in it.
    unit, then = alone.unit, {"by": alone.cast.actors["ad"], "at": timezone.now()}
    hired(alone.cast, "qi", "OM")
    people.end_role(
        RoleGrant.objects.get(person=alone.cast.people["mo"], role="OM"), ends_on=unit.day(timezone.now()), **then
    )
    test, good = f"/inspection/{order.number}/", values | {"verdict": "PASS", "shelf": "R-1", "is_self_check": "on"}
    assert "the manager can allow you to test it yourself" in said(mo.get(test))
    assert mo.post(test, **good, photos=photos(2)).status_code == 422
    assert mo.post(f"{test}allow").status_code == 403
    assert fresh(order).state == State.QC_PENDING

    qi = Seat(signed_in("qi"))
    assert "You can allow mo to test this own repair" in said(qi.get(test))
    assert done(qi, f"{test}allow") == test
    assert "You can allow mo" not in said(qi.get(test))
    assert done(mo, test, **good, photos=photos(2)) == "/inspection/"
    page = said(qi.get("/inspection/own-repairs/"))
    assert_strict(page)
    assert order.number in page
    assert "qi" in page.split(order.number)[-1]


def test_the_database_keeps_a_self_check_out_that_nobody_allowed(alone: Shop, mo: Seat) -> None:
    order, unasked = repaired(alone, mo), {"result": "PASS", "is_self_check": True, "at": timezone.now()}
    with pytest.raises(IntegrityError, match="a_self_check_was_allowed"), transaction.atomic():
        Inspection.objects.create(order=order, inspector=alone.cast.people["mo"], **unasked)
    quality_actions.allow_self_check(
        order, technician=alone.cast.people["mo"], by=alone.cast.actors["mo"], at=timezone.now()
    )
    Inspection.objects.create(order=order, inspector=alone.cast.people["mo"], **unasked)


@pytest.mark.shows("WO-6", "D13")
def test_with_two_colleagues_somebody_else_tests_it(alone: Shop, mo: Seat) -> None:
    values = {f"item_{key}": value for key, value in stages.a_checklist(alone).items()}
    order = repaired(alone, mo)
    test, good = f"/inspection/{order.number}/", values | {"verdict": "PASS", "shelf": "R-1", "is_self_check": "on"}
    hired(alone.cast, "qi", "QC")
    assert "I test my own repair" in said(mo.get(test))
    hired(alone.cast, "ran", "RC")
    assert "Somebody else has to test it." in said(mo.get(test))
    assert mo.post(test, **good, photos=photos(2)).status_code in {403, 422}
    assert fresh(order).state == State.QC_PENDING
    qi = Client()
    qi.force_login(alone.cast.logins["qi"], backend="guiju.conf.backends.LoginBackend")
    assert done(Seat(qi), test, **good, photos=photos(2)) == "/inspection/"
    assert fresh(order).state == State.READY


def alone_till(alone: Shop) -> int:
    """The only till."""
    return tills.tills_of(alone.unit).get().pk


def claiming(order: WorkOrder) -> dict[str, Any]:
    """The owner comes with the tag, and everything goes back."""
    tag = intake.tag_of(order)
    assert tag is not None
    kept = {f"accessory_{each.pk}": each.quantity for each in intake.accessories_of(order)}
    return kept | {"proof": "CLAIM_CODE", "claim_code": intake.claim_code(tag), "demonstrated": "on"}
