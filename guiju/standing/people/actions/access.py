"""Roles and logins: what a person may do, and by which name they come in."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Refusal, WrongState, refusing
from guiju.kernel.words import LANGUAGES, N_
from guiju.standing.people import events, queries, rules
from guiju.standing.people.models import Leave, Login, Person, RoleGrant, Unit


class RoleUnknown(Refusal):
    """The house has no such role."""

    sentence = N_("There is no such role.")
    field = "role"
    status = 422


class RoleHeld(Refusal):
    """The person holds this role here at that time."""

    sentence = N_("This person already holds this role there.")
    field = "role"


class RoleOfOneself(Refusal):
    """Nobody grants a role to themself."""

    sentence = N_("Nobody grants a role to themself.")
    field = "person"


class RoleStartsInThePast(Refusal):
    """What was done without the role must not look allowed afterwards."""

    sentence = N_("A role starts today or later, and ends after it starts.")
    field = "starts_on"
    status = 422


class AdministratorApproves(Refusal):
    """Who makes the logins must not approve the business."""

    sentence = N_("An administrator approves no business: this person holds %(roles)s.")
    field = "role"


class OneLoginEach(Refusal):
    """A second name would hide who acted."""

    sentence = N_("This person already has a login.")
    field = "person"


class UsernameTaken(Refusal):
    """Somebody comes in by this name."""

    sentence = N_("Another login has this name.")
    field = "username"


class WeakPassword(Refusal):
    """Easy to guess."""

    sentence = N_("Choose another password: %(why)s")
    field = "password"
    status = 422


class LanguageUnknown(Refusal):
    """We do not speak it."""

    sentence = N_("Choose one of the languages of the house.")
    field = "language"
    status = 422


class AwayAlready(Refusal):
    """The person is away in that time."""

    sentence = N_("This person is already away in that time, or the time is empty.")
    field = "starts_at"


def grant_role(
    person: Person, *, role: str, unit: Unit, starts_on: date, ends_on: date | None = None, by: Actor, at: datetime
) -> RoleGrant:
    """Let a person act in a role, in one unit and all units under it.

    starts_on   today or later on the unit's clock
    ends_on     the first day on which it no longer holds
    raises      RoleUnknown, RoleOfOneself, RoleStartsInThePast, AdministratorApproves, RoleHeld, WrongState
    source      5.1, 5.4; G-2
    """
    with doing("people.grant_role", unit_id=unit.pk, by=by, at=at, role=role, unit=unit.code) as deed:
        # Two grants at once to one person must see each other, or both halves of a conflict slip in.
        person = Person.objects.select_for_update(of=("self",)).select_related("unit").get(pk=person.pk)
        if role not in list(rules.Role):
            raise RoleUnknown
        if by.person_id == person.pk:
            raise RoleOfOneself
        if person.status == rules.Status.LEFT:
            raise WrongState
        if starts_on < unit.day(at) or (ends_on is not None and ends_on <= starts_on):
            raise RoleStartsInThePast
        _keep_administration_apart(person, role, starts_on)
        with refusing(a_role_is_granted_once_at_a_time=RoleHeld):
            grant = RoleGrant.objects.create(
                person=person, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on, granted_by_id=by.person_id
            )
        deed.about(person)
        deed.tell(events.RoleGranted(person.pk, role, unit.pk, starts_on))
    return grant


def _keep_administration_apart(person: Person, role: str, starts_on: date) -> None:
    held = queries.roles_from(person, on=starts_on)
    conflict = rules.roles_in_conflict(held, role)
    if conflict and not queries.is_small_shop(person.unit):
        raise AdministratorApproves(roles=", ".join(sorted(conflict)))


def end_role(grant: RoleGrant, *, ends_on: date | None = None, by: Actor, at: datetime) -> RoleGrant:
    """Take a role from a person, from today or from a later day on; what it was until then stays known.

    raises   RoleStartsInThePast
    """
    with doing("people.end_role", unit_id=grant.unit_id, by=by, at=at, role=grant.role) as deed:
        grant = RoleGrant.objects.select_for_update(of=("self",)).select_related("unit", "person").get(pk=grant.pk)
        today = grant.unit.day(at)
        last = max(ends_on or today, grant.starts_on)
        if last < today and not (grant.ends_on and grant.ends_on <= today):
            raise RoleStartsInThePast
        deed.about(grant.person)
        if grant.ends_on is None or last < grant.ends_on:
            deed.note(ends_on=[grant.ends_on, last])
            grant.ends_on = last
            grant.save(update_fields=["ends_on"])
            deed.tell(events.RoleEnded(grant.person_id, grant.role, grant.unit_id, last))
    return grant


def make_login(
    person: Person, *, username: str, password: str, language: str = "zh-hans", by: Actor, at: datetime
) -> Login:
    """Let a person come in by a name and a first password, which they change themselves.

    raises   OneLoginEach, UsernameTaken, WeakPassword, LanguageUnknown, WrongState
    """
    with doing("people.make_login", on=person, by=by, at=at, username=username) as deed:
        if person.status == rules.Status.LEFT:
            raise WrongState
        if language not in LANGUAGES:
            raise LanguageUnknown
        login = Login(username=Login.normalize_username(username), person=person, language=language, date_joined=at)
        try:
            validate_password(password, login)
        except ValidationError as weak:
            raise WeakPassword(why=" ".join(weak.messages)) from weak
        login.set_password(password)
        with refusing(people_login_username=UsernameTaken, people_login_person_id=OneLoginEach):
            login.save()
        deed.tell(events.LoginMade(person.pk, login.username))
    return login


def choose_language(login: Login, *, language: str, by: Actor, at: datetime) -> Login:
    """See one's own screens in another language from now on.

    raises   LanguageUnknown
    """
    with doing("people.choose_language", on=login, by=by, at=at) as deed:
        if language not in LANGUAGES:
            raise LanguageUnknown
        deed.note(language=[login.language, language])
        login.language = language
        login.save(update_fields=["language"])
    return login


def grant_leave(person: Person, *, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime) -> Leave:
    """Note that a person is away, so that no job is given to them meanwhile.

    raises   AwayAlready
    """
    with (
        doing("people.grant_leave", on=person, by=by, at=at, starts_at=starts_at, ends_at=ends_at),
        refusing(a_person_is_away_once_at_a_time=AwayAlready, a_leave_ends_after_it_starts=AwayAlready),
    ):
        return Leave.objects.create(person=person, starts_at=starts_at, ends_at=ends_at)
