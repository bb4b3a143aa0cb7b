"""Alarms: what each person was told of a door with two locks, of the room of a store, or of cash, and whether they have looked."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.desks.common.listing import Act, Choice, Column, Kind, Listing, Tick, Words, choices_of, show
from guiju.desks.common.listing.joined import in_unit
from guiju.oversight.notices import actions as notices
from guiju.oversight.notices import queries
from guiju.oversight.notices.models import StoreAlarm
from guiju.oversight.notices.rules import Alarm

SEE = "alarms.see"


def _url(row: StoreAlarm) -> str:
    """The page on which it is mended."""
    if row.cash_id is not None:
        return _cash_url(row)
    if row.session is not None:
        return reverse("stores:controlled_opening", args=[row.session.number])
    return reverse("stores:upkeep_room", args=[row.store_id])


def _cash_url(row: StoreAlarm) -> str:
    if row.kind == Alarm.POUCH_LATE:
        # Whoever has it hands it in; the others look who has it.
        return reverse("field:home" if row.person.number == row.detail else "till:pouches")
    if row.detail.startswith("BD-"):
        return reverse("till:bank_deposit", args=[row.detail])
    return reverse("till:bag", args=[row.detail]) if row.detail.startswith("BG-") else reverse("till:bank")


ALARMS = Listing(
    slug="alarms",
    title=_("Alarms of stores and cash"),
    url="alarms",
    verbs=(SEE,),
    rows=queries.store_alarms,
    begun=_("Nothing has been wrong at a store or with cash yet. Whom it concerns is told here as soon as it happens."),
    name_of=lambda row: row.about,
    late=lambda row: row.seen_at is None,
    columns=(
        Column("about", _("Where"), "about", Kind.NUMBER, url=_url),
        Column("unit", _("Unit"), "unit.code", Kind.NUMBER),
        Column("kind", _("What"), "kind", Kind.STATE, machine="store_alarm"),
        Column("on", _("Of the day"), "on", Kind.DAY),
        Column("person", _("Who was told"), "person.name"),
        Column("at", _("Told"), "at", Kind.WHEN, sort="pk"),
        Column("seen", _("Seen"), "seen_at", Kind.WHEN),
    ),
    filters=(
        Choice("kind", _("What"), column="kind", options=choices_of("store_alarm")),
        Words("unit", _("Unit"), holds=in_unit(), is_indexed=True),
        # Whoever answers for a unit sees everybody's, and looks off their own.
        Tick("mine", _("Only what I was told"), holds=lambda actor: Q(person_id=actor.person_id), is_indexed=True),
        Tick("unseen", _("Only what has not been seen"), holds=lambda _actor: Q(seen_at__isnull=True)),
    ),
    acts=(Act("seen", _("I have seen it"), "notices.acknowledge_alarm", "check", act=notices.acknowledge_alarm),),
)


@require_safe
def alarms(request: HttpRequest) -> HttpResponse:
    """What this person was told of stores and cash; for who answers for a unit, everybody there."""
    return show(request, ALARMS)
