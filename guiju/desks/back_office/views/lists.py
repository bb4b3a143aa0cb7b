"""The lists of the back office: messages, webhook messages, prices, people, the trail, news that is stuck."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.desks.back_office.sections import PRICES, enter
from guiju.desks.common.asked import Request
from guiju.desks.common.listing import Act, Choice, Column, Days, Kind, Listing, Words, begins, choices_of, show, to
from guiju.desks.common.listing.joined import HangsOn, about_job, all_of, few, in_unit, jobs_found
from guiju.kernel import news as told
from guiju.kernel import paging
from guiju.kernel.actor import Actor, known_verbs
from guiju.kernel.models import NOT_DONE, TrailEntry
from guiju.kernel.models import Delivery as NewsDelivery
from guiju.kernel.search import fold
from guiju.line.intake.models import ServiceRequest
from guiju.oversight.notices import actions as notices
from guiju.oversight.notices.models import Message
from guiju.oversight.webhooks import actions as webhooks
from guiju.oversight.webhooks.models import Delivery, Endpoint
from guiju.oversight.webhooks.rules import TYPES
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.people.models import Person
from guiju.standing.pricing import actions as pricing
from guiju.standing.pricing.models import PriceLine, PriceList

# The worker looks every few seconds: what waits longer failed, or nobody works.
LATE_MINUTES = 5
CHOICES_MAX = 200


def _message_about(text: str, _actor: Actor) -> Q:
    return about_job(text) | begins("request__number", text.upper())


def _messages_found(text: str, _actor: Actor) -> list[int] | None:
    asked = few(ServiceRequest.objects.filter(begins("number", text.upper())))
    about = None if asked is None else jobs_found(Message.objects.all(), text)
    return None if about is None else all_of(about, few(Message.objects.filter(request__in=asked)))


MESSAGES = Listing(
    slug="messages",
    title=_("Messages to customers"),
    url="back_office:messages",
    verbs=("notices.see",),
    rows=lambda actor: Message.objects.visible_to(actor).select_related("unit", "order", "request"),
    is_personal=True,
    begun=_("No message has been written yet."),
    name_of=lambda row: f"{row.number} {row.at:%Y-%m-%d}",
    columns=(
        Column("at", _("Written"), "at", Kind.WHEN, sort="pk", is_whole=True, url=to("back_office:message", "pk")),
        Column("template", _("Message"), "template", Kind.WORD, machine="message"),
        Column("number", _("About"), "number", Kind.NUMBER),
        Column("state", _("State"), "state", Kind.STATE, machine="message_state"),
        Column("channel", _("Way"), "channel", Kind.WORD, machine="way"),
        Column("to", _("To"), "to_masked"),
        Column("tries", _("Tries"), "tries", Kind.FIGURE),
        Column("sent", _("Sent"), "sent_at", Kind.WHEN, is_default=False),
        Column("unit", _("Unit"), "unit.code", Kind.NUMBER, is_default=False),
    ),
    filters=(
        Choice("state", _("State"), column="state", options=choices_of("message_state"), is_indexed=True),
        Choice("template", _("Message"), column="template", options=choices_of("message")),
        Words("order", _("Number of the order or request"), holds=_message_about, finds=_messages_found, hint=_("Its beginning")),
    ),
    acts=(Act("resend", _("Send again"), "notices.resend", "send", act=notices.resend),),
)  # fmt: skip


def _endpoints(actor: Actor) -> list[tuple[str, str]]:
    rows = Endpoint.objects.visible_to(actor).order_by("name")[:CHOICES_MAX]
    return [(str(each.pk), each.name) for each in rows]


def _types(_actor: Actor) -> list[tuple[str, str]]:
    return [(name, name) for name in TYPES]


_TOLD = HangsOn(lambda: Delivery.objects.select_related("endpoint__unit"), "webhooks.see", Endpoint, "endpoint_id")
WEBHOOK_MESSAGES = Listing(
    slug="webhook-messages",
    title=_("Messages to other programs"),
    url="back_office:webhook_messages",
    verbs=("webhooks.see",),
    rows=_TOLD.rows,
    hangs=_TOLD,
    begun=_("Nothing has been sent to another program yet."),
    name_of=lambda row: f"{row.type} {row.subject}".strip(),
    columns=(
        Column("told", _("Told"), "told_at", Kind.WHEN, sort="pk", is_whole=True, url=to("back_office:webhook_message", "pk")),
        Column("type", _("What"), "type", Kind.NUMBER),
        Column("subject", _("About"), "subject", Kind.NUMBER),
        Column("endpoint", _("To"), "endpoint.name", url=to("back_office:webhook", "endpoint_id")),
        Column("state", _("State"), "state", Kind.STATE, machine="webhook_message"),
        Column("tries", _("Tries"), "tries", Kind.FIGURE),
        Column("next", _("Next attempt"), lambda row: None if row.done_at else row.next_at, Kind.WHEN),
        Column("done", _("Ended"), "done_at", Kind.WHEN, is_default=False),
        Column("key", _("Its id"), "key", Kind.NUMBER, is_default=False),
    ),
    filters=(
        Choice("endpoint", _("To"), column="endpoint", options=_endpoints, is_indexed=True),
        Choice("state", _("State"), column="state", options=choices_of("webhook_message")),
        Choice("type", _("What"), column="type", options=_types),
        Words("about", _("About"), holds=lambda text, _actor: Q(subject=text.upper()), is_indexed=True, hint=_("A whole number")),
    ),
    acts=(Act("resend", _("Send again"), "webhooks.resend", "send", act=webhooks.resend),),
)  # fmt: skip


def _price_lists(actor: Actor) -> list[tuple[str, str]]:
    rows = PriceList.objects.visible_to(actor).select_related("unit").order_by("-starts_on", "-pk")[:CHOICES_MAX]
    return [(str(each.pk), f"{each.number} {each.unit.code if each.unit else ''}".strip()) for each in rows]


def _priced(text: str, _actor: Actor) -> Q:
    return Q(item__folded__contains=fold(text)) | Q(part__folded__contains=fold(text))


def _prices_found(text: str, _actor: Actor) -> list[int] | None:
    items = few(ServiceItem.objects.filter(folded__contains=fold(text)))
    parts = few(Part.objects.filter(folded__contains=fold(text)))
    if items is None or parts is None:
        return None
    return all_of(few(PriceLine.objects.filter(item__in=items)), few(PriceLine.objects.filter(part__in=parts)))


def _thing(row: PriceLine) -> Any:
    return row.item or row.part


class Priced:
    """The prices of the lists that one sees; most are of lists that hold no more."""

    def walked(self, _actor: Actor) -> QuerySet[PriceLine]:
        """Every price that ever was."""
        return PriceLine.objects.select_related("price_list__unit", "item", "part")

    def seen(self, actor: Actor) -> Q:
        """That its list is seen."""
        return paging.there_is(PriceList.objects.visible_to(actor).filter(pk=OuterRef("price_list_id")))

    def few(self, _actor: Actor) -> None:
        """How many there are is not known beforehand."""

    def rows(self, actor: Actor) -> QuerySet[PriceLine]:
        """Those that this person may see."""
        return self.walked(actor).filter(self.seen(actor))


_PRICES = Priced()
PRICE_LINES = Listing(
    slug="price-lines",
    title=_("All prices"),
    url="back_office:price_lines",
    verbs=PRICES,
    rows=_PRICES.rows,
    hangs=_PRICES,
    begun=_("There is no price yet."),
    columns=(
        Column("what", _("What"), lambda row: _thing(row).name, is_whole=True),
        Column("code", _("Code"), lambda row: _thing(row).code, Kind.NUMBER),
        Column("least", _("From"), lambda row: (row.min_minor, row.price_list.currency), Kind.MONEY),
        Column("most", _("To"), lambda row: (row.max_minor, row.price_list.currency), Kind.MONEY),
        Column("per", _("Per"), "unit", is_default=False),
        Column("conditions", _("Conditions"), "conditions", is_default=False),
        Column("list", _("Price list"), "price_list.number", Kind.NUMBER, url=to("back_office:price_list", "price_list.number")),
        Column("state", _("State"), "price_list.state", Kind.STATE, machine="price_list"),
        Column("starts", _("From the day"), "price_list.starts_on", Kind.DAY),
        Column("unit", _("Unit"), "price_list.unit.code", Kind.NUMBER, is_default=False),
    ),
    filters=(
        Words("q", _("Service or part"), holds=_priced, finds=_prices_found, hint=_("A piece of its code or name")),
        Choice("list", _("Price list"), column="price_list", options=_price_lists, is_indexed=True),
    ),
)  # fmt: skip


def _people_like(text: str, _actor: Actor) -> Q:
    return begins("number", text) | begins("name", text)


def _people_found(text: str, _actor: Actor) -> list[int] | None:
    return all_of(few(Person.objects.filter(begins("number", text))), few(Person.objects.filter(begins("name", text))))


PEOPLE = Listing(
    slug="people",
    title=_("People"),
    url="back_office:people",
    verbs=("people.hire", "people.grant_role"),
    # Oneself stands among the people of one's unit: asked for beside them, one would be looked up by another index.
    rows=lambda actor: Person.objects.filter(actor.scope("people.see").q()).select_related("unit"),
    first="number",
    is_personal=True,
    begun=_("Nobody works here yet."),
    name_of=lambda row: f"{row.number} {row.name}",
    columns=(
        Column("name", _("Name"), "name", sort="name", is_whole=True, url=to("back_office:person", "number")),
        Column("number", _("Number"), "number", Kind.NUMBER, sort="number"),
        Column("status", _("State"), "status", Kind.STATE, machine="person"),
        Column("unit", _("Unit"), lambda row: f"{row.unit.code} {row.unit.name}"),
        Column("phone", _("Telephone"), "phone", Kind.PHONE, is_default=False),
    ),
    filters=(
        Words("q", _("Name or number"), holds=_people_like, finds=_people_found, hint=_("Its beginning")),
        Choice("status", _("State"), column="status", options=choices_of("person")),
        Words("unit", _("Unit"), holds=in_unit(), is_indexed=True),
    ),
)  # fmt: skip


def _verbs_like(text: str, _actor: Actor) -> Q:
    """The deeds by a verb that has this in its name: there are too many to choose from."""
    return Q(verb__in=[verb for verb in known_verbs() if text.strip().lower() in verb] or [text])


TRAIL = Listing(
    slug="trail",
    title=_("Audit trail"),
    url="back_office:trail",
    verbs=("trail.see",),
    rows=lambda actor: TrailEntry.objects.filter(actor.scope("trail.see").q(unit="unit_id")),
    first="-at",
    is_personal=True,
    begun=_("Nothing has been done yet."),
    columns=(
        Column("at", _("When"), "at", Kind.WHEN, sort="at"),
        Column("verb", _("Verb"), "verb", Kind.NUMBER, is_whole=True, url=to("back_office:deed", "key")),
        Column("subject", _("Thing"), "subject_label"),
        Column("who", _("Who"), "actor_name"),
        Column("role", _("Role"), "role", Kind.WORD, machine="role"),
        Column("channel", _("By way of"), "channel"),
        Column("because", _("Because of another deed"), lambda row: gettext("consequence") if row.because else "", is_default=False),
        Column("unit", _("Unit"), "unit_id", Kind.FIGURE, is_default=False),
    ),
    filters=(
        Words("subject", _("Thing"), holds=lambda text, _actor: begins("subject_label", text), is_indexed=True,
              hint=_("The beginning of its number")),
        Words("verb", _("Verb"), holds=_verbs_like, is_indexed=True, hint=_("A piece of it, such as refund")),
        Words("person", _("Who"), holds=lambda text, _actor: begins("actor_name", text), hint=_("The beginning of the name")),
        Days("at", _("When"), column="at", is_indexed=True),
    ),
)  # fmt: skip


class Stuck:
    """What was set aside, and what still waits long after it was told: a few among all that arrived."""

    def walked(self, _actor: Actor) -> QuerySet[NewsDelivery]:
        """All that has not arrived."""
        return NewsDelivery.objects.filter(NOT_DONE).select_related("news")

    def seen(self, actor: Actor) -> Q:
        """That it is of this person's units, and not only on its way."""
        late = Q(state=NewsDelivery.State.PARKED) | Q(news__told_at__lt=now() - timedelta(minutes=LATE_MINUTES))
        return late & actor.scope("news.resend").q(unit="news__unit_id")

    def few(self, _actor: Actor) -> None:
        """How many there are is not known beforehand."""

    def rows(self, actor: Actor) -> QuerySet[NewsDelivery]:
        """Those that this person may see."""
        return self.walked(actor).filter(self.seen(actor))


_STUCK = Stuck()


def _next_attempt(row: NewsDelivery) -> Any:
    return row.next_at if row.state == NewsDelivery.State.PENDING else None


def _resend_news(row: NewsDelivery, *, by: Actor, at: Any) -> Any:
    return told.resend(row, by=by, at=at)


NEWS = Listing(
    slug="news",
    title=_("News not delivered"),
    url="back_office:news",
    verbs=("news.resend",),
    rows=_STUCK.rows,
    hangs=_STUCK,
    first="id",
    begun=_("All news has arrived."),
    name_of=lambda row: f"{row.news.kind} → {row.reaction}",
    columns=(
        Column("kind", _("News"), "news.kind", is_whole=True),
        Column("state", _("State"), "state", Kind.STATE, machine="delivery"),
        Column("told", _("Told"), "news.told_at", Kind.WHEN),
        Column("reaction", _("Who should hear it"), lambda row: ".".join(row.reaction.split(".")[2::2])),
        Column("attempts", _("Attempts"), "attempts", Kind.FIGURE),
        Column("error", _("What went wrong"), lambda row: row.last_error[:400] or gettext("Not tried yet: does the worker run?")),
        Column("next", _("Next attempt"), _next_attempt, Kind.WHEN, is_default=False),
    ),
    filters=(
        Choice("state", _("State"), column="state", options=choices_of("delivery", ("PENDING", "PARKED"))),
    ),
    acts=(Act("resend", _("Send again"), "news.resend", "send", act=_resend_news),),
)  # fmt: skip

PRICE_LISTS = Listing(
    slug="price-lists",
    title=_("Price lists"),
    url="back_office:prices",
    verbs=PRICES,
    rows=lambda actor: PriceList.objects.visible_to(actor).select_related("unit", "drafted_by", "approved_by", "published_by"),
    first="-starts",
    begun=_("There is no price list yet."),
    name_of=lambda row: row.number,
    columns=(
        Column("number", _("Price list"), "number", Kind.NUMBER, is_whole=True, url=to("back_office:price_list", "number")),
        Column("state", _("State"), "state", Kind.STATE, machine="price_list"),
        Column("scope", _("For"), lambda row: row.unit.name if row.unit else gettext("The whole brand")),
        Column("starts", _("From the day"), "starts_on", Kind.DAY, sort="starts_on"),
        Column("ends", _("To the day"), "ends_on", Kind.DAY),
        Column("drafted", _("Drafted by"), "drafted_by.name"),
        Column("approved", _("Approved by"), "approved_by.name"),
        Column("published", _("Published by"), "published_by.name", is_default=False),
        Column("currency", _("Currency"), "currency", Kind.NUMBER, is_default=False),
    ),
    filters=(
        Choice("state", _("State"), column="state", options=choices_of("price_list")),
        Days("starts", _("From the day"), column="starts_on", is_moment=False),
    ),
    acts=(
        Act("approve", _("Approve"), "pricing.approve", "check", act=pricing.approve),
        Act("publish", _("Publish"), "pricing.publish", "tag", act=pricing.publish),
    ),
)  # fmt: skip

LISTS = (MESSAGES, WEBHOOK_MESSAGES, PRICE_LISTS, PRICE_LINES, PEOPLE, TRAIL, NEWS)


def _page(request: Request, listing: Listing, section: str) -> HttpResponse:
    return show(request, listing, desk_title=_("Back office"), **enter(request.actor, section))


@require_safe
def messages(request: Request) -> HttpResponse:
    """The messages of the units that the person may see, the last first."""
    return _page(request, MESSAGES, "messages")


@require_safe
def webhook_messages(request: Request) -> HttpResponse:
    """What was sent to other programs, whichever."""
    return _page(request, WEBHOOK_MESSAGES, "webhooks")


@require_safe
def price_lines(request: Request) -> HttpResponse:
    """Every price of every list that the person may see."""
    return _page(request, PRICE_LINES, "prices")


@require_safe
def trail(request: Request) -> HttpResponse:
    """Look for deeds by thing, verb, person and day."""
    return _page(request, TRAIL, "trail")


@require_safe
def news(request: Request) -> HttpResponse:
    """What could not be delivered, each with its error."""
    return _page(request, NEWS, "news")
