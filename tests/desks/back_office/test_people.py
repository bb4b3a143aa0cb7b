"""People, their keys, and the places of an outlet, in the browser."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.timezone import now

from guiju.books.stock.models import Bin, Store
from guiju.line.cashier.models import Till
from guiju.standing.people.models import ApiKey, Login, Person, RoleGrant, Unit
from tests.desks.common.page import assert_strict

pytestmark = pytest.mark.django_db

SignedIn = Callable[[str], Client]


def test_a_manager_takes_somebody_on_and_the_administrator_lets_them_in(signed_in: SignedIn, fs01_unit: Unit) -> None:
    manager, administrator = signed_in("ma"), signed_in("ad")
    typed = {"unit": fs01_unit.pk, "number": "P-new", "name": "Newcomer", "phone": ""}
    assert signed_in("lin").post("/back-office/people/", typed).status_code == 403
    assert_strict(manager.get("/back-office/people/").content.decode())
    address = "/back-office/people/P-new/"
    assert manager.post("/back-office/people/", typed).headers["Location"] == address
    newcomer = Person.objects.get(number="P-new")
    assert newcomer.status == "PENDING"
    assert manager.post(address, {"do": "admit"}).status_code == 403
    assert_strict(administrator.get(address).content.decode())
    assert administrator.post(address, {"do": "admit"}).status_code == 302
    day = fs01_unit.day(now()).isoformat()
    role = {"do": "grant_role", "unit": fs01_unit.pk, "role": "RC", "starts_on": day}
    assert manager.post(address, role).status_code == 403
    assert administrator.post(address, role).status_code == 302
    login = {"do": "make_login", "username": "newcomer", "password": "new here, square and true", "language": "en"}
    assert administrator.post(address, login).status_code == 302
    assert Login.objects.get(person=newcomer).username == "newcomer"
    page = administrator.get(address).content.decode()
    assert_strict(page)
    grant = RoleGrant.objects.get(person=newcomer)
    assert administrator.post(f"/back-office/people/roles/{grant.pk}/end").status_code == 302
    grant.refresh_from_db()
    assert grant.ends_on is not None


def test_a_person_is_suspended_for_a_reason_and_reinstated(signed_in: SignedIn, chen_person: Person) -> None:
    manager, address = signed_in("nie"), f"/back-office/people/{chen_person.number}/"
    without = manager.post(address, {"do": "suspend", "reason": ""})
    assert without.status_code == 422
    assert without.context["deeds"]["suspend"].errors["reason"]
    assert manager.post(address, {"do": "suspend", "reason": "Under inquiry"}).status_code == 302
    chen_person.refresh_from_db()
    assert chen_person.status == "SUSPENDED"
    assert manager.post(address, {"do": "reinstate", "reason": "Nothing was found"}).status_code == 302
    assert signed_in("ma").post(address, {"do": "suspend", "reason": "Late"}).status_code == 403
    assert signed_in("he").get(address).status_code == 404


def test_a_taken_number_is_said_at_the_number_and_the_name_stays(signed_in: SignedIn, fs01_unit: Unit) -> None:
    typed = {"unit": fs01_unit.pk, "number": "P-chen", "name": "Another Chen", "phone": ""}
    answer = signed_in("ma").post("/back-office/people/", typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors["number"] == ["Another person has this number."]
    assert 'value="Another Chen"' in answer.content.decode()


def test_a_key_is_shown_once_and_revoked(signed_in: SignedIn) -> None:
    manager, sent = signed_in("ma"), {"label": "Till export", "verbs": ["stock.see"], "once": "one"}
    page = manager.post("/back-office/keys/", sent).content.decode()
    key = ApiKey.objects.get()
    assert f"gj_{key.prefix}_" in page
    assert_strict(page)
    assert manager.post("/back-office/keys/", sent).status_code == 302
    assert ApiKey.objects.count() == 1
    assert f"gj_{key.prefix}_" not in manager.get("/back-office/keys/").content.decode()
    empty = manager.post("/back-office/keys/", {"label": "Nothing"})
    assert "at least one thing" in empty.context["form"].errors["verbs"][0]
    assert 'value="Nothing"' in empty.content.decode()
    assert signed_in("an").get("/back-office/keys/").status_code == 403
    assert signed_in("he").post(f"/back-office/keys/{key.pk}/revoke").status_code == 404
    assert manager.post(f"/back-office/keys/{key.pk}/revoke").status_code == 302
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_a_manager_sets_up_a_store_a_bin_and_a_till(signed_in: SignedIn, fs01_unit: Unit, gz02_unit: Unit) -> None:
    manager, address = signed_in("ma"), "/back-office/places/"
    store = {"do": "open_store", "unit": fs01_unit.pk, "code": "MAIN", "kind": "OUTLET", "name_en": "Main store"}
    assert signed_in("shen").post(address, store).status_code == 403
    elsewhere = manager.post(address, store | {"unit": gz02_unit.pk})
    assert elsewhere.context["forms"]["open_store"].errors["unit"]
    assert manager.post(address, store).status_code == 302
    again = manager.post(address, store)
    assert again.context["forms"]["open_store"].errors["code"] == ["This code is already taken."]
    assert 'value="Main store"' in again.content.decode()
    bin = {"do": "add_bin", "store": Store.objects.get().pk, "code": "A-1"}
    assert signed_in("shen").post(address, bin).status_code == 302
    assert manager.post(address, {"do": "add_till", "unit": fs01_unit.pk, "code": "T1"}).status_code == 302
    assert (Bin.objects.get().code, Till.objects.get().code) == ("A-1", "T1")
    assert_strict(manager.get(address).content.decode())
