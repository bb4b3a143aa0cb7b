"""Who acts, who works where, and whether a shop is too small to keep its duties apart."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import check_password
from django.db.models import Aggregate, CharField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Replace

from guiju.kernel import remembered
from guiju.kernel.actor import Actor, Grant, Kind
from guiju.kernel.prepared import Prepared
from guiju.kernel.verification import invariant
from guiju.standing.people import rules
from guiju.standing.people.models import ApiKey, Leave, Login, Person, Pin, RoleGrant, Unit
from guiju.standing.people.rules import Status

# So that a key that leaks into a log or a repository can be found by its shape.
KEY_MARK = "gj"


def actor_for(login: Login, at: datetime) -> Actor | None:
    """The person who has signed in, with all that they may do now.

    returns   None for a login without a person, and for a person who is not active: suspended people act nowhere (T39)
    """
    if not login.is_active or login.person_id is None:
        return None
    # Asked again, for a login that was found some time ago may know the person as they were.
    return actor_of(Person.objects.select_related("unit").get(pk=login.person_id), at)


def knows_password(person_id: int, password: str) -> bool:
    """Whether this is the person's password, for a deed in which they show again who they are; what is kept stays as it is."""
    kept = Login.objects.filter(person=person_id, is_active=True).values_list("password", flat=True).first()
    return kept is not None and check_password(password, kept)


def pin_of(person_id: int | None) -> Pin | None:
    """The person's PIN, if they have set one."""
    return Pin.objects.filter(person=person_id).first()


def with_pin(unit_id: int) -> QuerySet[Person]:
    """Who may take over a shared screen of that unit: the active people of it who have set a PIN, by name."""
    rows = Person.objects.filter(unit=unit_id, status=Status.ACTIVE.value, pk__in=Pin.objects.values("person"))
    return rows.filter(pk__in=Login.objects.filter(is_active=True).values("person")).order_by("name", "pk")


def login_of(person: Person) -> Login | None:
    """The login by which the person comes in, while it stands."""
    return Login.objects.filter(person=person, is_active=True).first()


def person_of(login: Login) -> Person | None:
    """The person who comes in by this login, with the unit; nobody if the login is closed."""
    return login.person if login.is_active else None


def unit_of(actor: Actor) -> Unit | None:
    """The unit to which the person who acts belongs."""
    return Unit.objects.filter(pk=actor.unit_id).first() if actor.unit_id is not None else None


def actor_of(person: Person, at: datetime) -> Actor | None:
    """The person with their grants of that day, each reaching down the tree from the unit where it is held."""
    return coming(person, at)[0]


def coming(person: Person, at: datetime) -> tuple[Actor | None, str | None]:
    """The same, and the edition of the house's lists, which the statement brings along; none with somebody who holds nothing."""
    if person.status != Status.ACTIVE:
        return None, None
    found = _GRANTS(person=person.pk, on=person.unit.day(at))
    grants = tuple(_grant(role, top, keys) for role, top, keys, _edition in found)
    actor = Actor(Kind.PERSON, person.name, person_id=person.pk, unit_id=person.unit_id, grants=grants)
    return actor, found[0][-1] if found else None


def actor_for_key(text: str, at: datetime) -> Actor | None:
    """The person for whom a program acts by the key of this text, cut down to the verbs of the key."""
    key = key_of(text)
    return actor_by_key(key, at) if key is not None else None


def actor_by_key(key: ApiKey, at: datetime) -> Actor | None:
    """The same by a key that `key_of` found, which brings what its person holds: no further statement."""
    person = key.person
    if key.revoked_at is not None or person.status != Status.ACTIVE:
        return None
    grants = tuple(_grants_in(getattr(key, "held", None) or "", person.unit.day(at)))
    return Actor(
        Kind.PERSON, person.name, person_id=person.pk, unit_id=person.unit_id, grants=grants, channel="api",
        only=frozenset(key.verbs),
    )  # fmt: skip


def key_of(text: str) -> ApiKey | None:
    """The key whose whole text this is, revoked or not."""
    mark, _, rest = text.partition("_")
    prefix, _, secret = rest.partition("_")
    if mark != KEY_MARK or not prefix or not secret or "\x00" in prefix:
        return None
    key = _KEYS.first(prefix=prefix)
    # Compared in constant time, so that nobody can feel their way to the secret.
    return key if key is not None and hmac.compare_digest(key.digest, digest_of(text)) else None


def digest_of(text: str) -> str:
    """What we keep of a key."""
    return hashlib.sha256(text.encode()).hexdigest()


def _in_force(grants: QuerySet[RoleGrant], on: Any) -> QuerySet[RoleGrant]:
    return grants.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)


class _Listed(Aggregate):
    """Values as one text, parted by commas: what each grant reaches comes with it, in the statement that every page begins with."""

    output_field = TextField()
    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s::text, ',')"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """SQLite's own name for it."""
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", template="%(function)s(%(expressions)s)")


class _Line(Func):
    """Several texts as one, parted by strokes. Django's own Concat nests too deep for SQLite's parser."""

    output_field = TextField()
    template = "%(expressions)s"
    arg_joiner = " || '|' || "


def _reaching(held: QuerySet[RoleGrant]) -> Any:
    """Follow the tree down."""
    below = Unit.objects.filter(path__startswith=OuterRef("unit__path")).order_by().values(one=Value(1))
    return held.annotate(below=Subquery(below.annotate(keys=_Listed("pk")).values("keys")))


def _grant(role: str, top: Any, keys: str) -> Grant:
    """Only the head office's grants reach everywhere, so also units that do not exist yet."""
    return Grant(role, None if top in (None, "") else frozenset(map(int, keys.split(","))))


def _keys_with_grants(*, prefix: Any) -> QuerySet[ApiKey]:
    """A key, its person and unit, and all that the person holds on any day, in the one statement that every request costs.

    Which day it is there is known once the unit is, so the day is looked at afterwards.
    """
    held = _reaching(RoleGrant.objects.filter(person=OuterRef("person"))).order_by()
    parts = (
        Cast("pk", CharField()), "role", Coalesce(Cast("unit__parent", CharField()), Value("")), Cast("starts_on", CharField()),
        Coalesce(Cast("ends_on", CharField()), Value("")), _spaced("below"),
    )  # fmt: skip
    lines = held.values(one=Value(1)).annotate(lines=_Listed(_Line(*parts))).values("lines")
    brought = {"held": Subquery(lines), "edition": remembered.edition()}
    return ApiKey.objects.select_related("person__unit").filter(prefix=prefix).annotate(**brought).order_by()


def _spaced(name: str) -> Any:
    return Replace(F(name), Value(","), Value(" "))


def _grants_in(held: str, on: date) -> Iterator[Grant]:
    """Those of the day, in the order in which they were given."""
    lines = [line.split("|") for line in held.split(",") if line]
    for _key, role, top, starts, ends, below in sorted(lines, key=lambda line: int(line[0])):
        if date.fromisoformat(starts) <= on and (not ends or date.fromisoformat(ends) > on):
            yield _grant(role, top, below.replace(" ", ","))


_KEYS: Prepared[ApiKey] = Prepared(_keys_with_grants)


def _of_person(*, person: Any, on: Any) -> QuerySet[RoleGrant, Any]:
    held = _reaching(_in_force(RoleGrant.objects.filter(person_id=person), on)).annotate(edition=remembered.edition())
    rows: QuerySet[RoleGrant, Any] = held.order_by("pk").values_list("role", "unit__parent", "below", "edition")
    return rows


_GRANTS: Prepared[tuple[str, int | None, str, str | None]] = Prepared(_of_person)


def roles_of(person: Person, *, on: date) -> frozenset[str]:
    """The roles that a person holds on that day, wherever."""
    return frozenset(_in_force(RoleGrant.objects.filter(person=person), on).values_list("role", flat=True))


def roles_from(person: Person, *, on: date) -> frozenset[str]:
    """The roles that a person holds on that day or is to hold later."""
    return frozenset(_now_or_later(person, on).values_list("role", flat=True))


def grants_of(person: Person, *, on: date) -> list[RoleGrant]:
    """What a person holds on that day or later, with the units."""
    return list(_now_or_later(person, on).select_related("unit"))


def _now_or_later(person: Person, on: date) -> QuerySet[RoleGrant]:
    # A grant that was taken back before it began is an empty span, and grants nothing on any day.
    ahead = Q(ends_on__isnull=True) | (Q(ends_on__gt=on) & Q(ends_on__gt=F("starts_on")))
    return RoleGrant.objects.filter(ahead, person=person)


def people_with(role: str, unit: Unit, *, on: date) -> list[Person]:
    """The active people who act in this role in this unit on that day, whether by a grant here or above it."""
    return _ACTING(role=role, lineage=list(unit.lineage), on=on)


_ACTING: Prepared[Person] = Prepared(
    lambda *, role, lineage, on: acting_in(role, lineage, on=on).select_related("unit")
)


def team(role: str, unit: Unit, *, at: datetime) -> list[tuple[Person, bool]]:
    """The same at an instant, and of each whether they are on leave then: one statement."""
    rows: list[Any] = _TEAM(role=role, lineage=list(unit.lineage), on=unit.day(at), at=at)
    return [(row, bool(row.is_away)) for row in rows]


def _team(*, role: Any, lineage: Any, on: Any, at: Any) -> QuerySet[Person]:
    on_leave = Leave.objects.filter(person=OuterRef("pk"), starts_at__lte=at, ends_at__gt=at)
    return acting_in(role, lineage, on=on).select_related("unit").annotate(is_away=Exists(on_leave))


_TEAM: Prepared[Person] = Prepared(_team)


def acting(role: str, unit: Unit, *, on: date) -> QuerySet[Person]:
    """The same as rows, to be counted."""
    return acting_in(role, unit.lineage, on=on)


def acting_in(role: Any, lineage: Any, *, on: Any) -> QuerySet[Person]:
    """The same by the codes of the unit and those above it."""
    here = _in_force(RoleGrant.objects.filter(role=role, unit__code__in=lineage), on)
    return Person.objects.filter(pk__in=here.values("person"), status=Status.ACTIVE)


def staff_of(unit: Unit) -> list[Person]:
    """The people who belong to this unit and the units under it, whatever their status."""
    return list(Person.objects.filter(unit__path__startswith=unit.path).select_related("unit"))


def jurisdictions() -> list[str]:
    """The places whose law some unit of the house works under, in the order of the alphabet."""
    return sorted(set(Unit.objects.values_list("jurisdiction", flat=True)))


def head_count(unit: Unit) -> int:
    """Active people of this unit and the units under it."""
    return Person.objects.filter(unit__path__startswith=unit.path, status=Status.ACTIVE).count()


def is_small_shop(unit: Unit) -> bool:
    """Too few people to keep all duties apart (5.4)."""
    return rules.is_small_shop(head_count(unit))


def may_both(
    one: rules.Duty,
    other: rules.Duty,
    *,
    unit: Unit,
    owner_approved: bool = False,
    evidence_complete: bool = False,
) -> rules.Verdict:
    """Whether one person may hold both duties on one document of this unit (5.4)."""
    return rules.may_both(
        one, other, head_count=head_count(unit), owner_approved=owner_approved, evidence_complete=evidence_complete
    )


def unit_tree(by: Actor) -> list[Unit]:
    """The units that `by` may see, each under its parent."""
    return list(Unit.objects.visible_to(by))


@invariant("G-3")
def paths_follow_the_tree() -> Iterator[str]:
    """Scope follows the path; a path that does not follow from the parent would show one outlet's rows to another."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    for unit in units.values():
        above = units[unit.parent_id].path if unit.parent_id else ""
        if unit.path != f"{above}{unit.code}/":
            yield f"unit {unit.code} stands at {unit.path}"
