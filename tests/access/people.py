"""Who asks: everybody of the cast, and enough others that each role sits in both outlets."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from guiju.standing.people import actions as people
from guiju.standing.people import queries
from tests.cast import FOUNDED, ROLES, Cast, password_of

# Twins of those who sit in one outlet only, and the roles that the cast has nobody for; Kang is a cashier without a till.
MORE: dict[str, tuple[str, str]] = {
    "kang": ("CA", "FS01"), "kong": ("PU", "FS01"), "deng": ("DR", "FS01"),
    "rao": ("QC", "GZ02"), "mo": ("FI", "GZ02"), "tan": ("PU", "GZ02"), "yao": ("DR", "GZ02"),
}  # fmt: skip
EVERYBODY = ROLES | MORE
OWN = tuple(name for name, (_role, unit) in EVERYBODY.items() if unit != "GZ02")
OTHER = tuple(name for name, (_role, unit) in EVERYBODY.items() if unit == "GZ02")
# By the customer's link comes whoever has it: signed in or not, it is one person that asks.
STRANGER = "stranger"


def twins() -> dict[str, str]:
    """Everybody of FS01, and who does the same work in GZ02."""
    there = {role: name for name, (role, unit) in EVERYBODY.items() if unit == "GZ02"}
    return {name: there[role] for name, (role, unit) in EVERYBODY.items() if unit == "FS01"}


def hire_the_others(cast: Cast) -> None:
    """Take on those whom the cast lacks."""
    by = cast.actors["ad"]
    for name, (role, code) in MORE.items():
        unit = cast.units[code]
        person = people.hire(unit=unit, number=f"P-{name}", name=name, by=by, at=FOUNDED)
        people.grant_role(person, role=role, unit=unit, starts_on=unit.day(FOUNDED), by=by, at=FOUNDED)
        cast.logins[name] = people.make_login(
            person, username=name, password=password_of(name), language="en", by=by, at=FOUNDED
        )
        cast.people[name], cast.actors[name] = person, queries.actor_of(person, FOUNDED)


def browsers(signed_in: Callable[[str], Client]) -> dict[str, Client]:
    """A browser for each of them, and one in which nobody has signed in."""
    return {name: signed_in(name) for name in (*OWN, *OTHER)} | {STRANGER: Client()}
