"""A quote and a new date for a part as the customer reads them on the own telephone, and signs them there.

What is signed is worked out anew when the signature is taken over: one line, price or date more or less, and it is no signature.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext, ngettext

from guiju.desks.common import words
from guiju.desks.common.proof import Asked
from guiju.kernel import signing
from guiju.kernel.models import AskedSignature
from guiju.kernel.words import Sentence
from guiju.line.workorder.models import PromiseRevision, WorkOrder
from guiju.line.workorder.rules import CAUSE_LABELS, PromiseCause
from guiju.line.workshop.models import PartsCommitment, Quote, QuoteLine
from guiju.line.workshop.rules import (
    DELAY_LABELS,
    MARK_LABELS,
    OPTION_LABELS,
    REMEDY_LABELS,
    DelayCause,
    OptionKind,
    PartMark,
    Remedy,
)

Lines = list[tuple[str, str]]


def of_quote(quote: Quote, *, option: int | None, declined: Collection[int]) -> Asked:
    """This very version, with the lines that the customer wants."""
    return Asked("workshop.approve_quote", quote, _content(quote.order, _quote, quote, option, declined))


def of_line(line: QuoteLine) -> Asked:
    """One line whose price is outside the published list."""
    return Asked("workshop.sign_line", line, _content(line.quote.order, _outside, line))


def of_commitment(commitment: PartsCommitment) -> Asked:
    """The date that was proposed."""
    said = {
        "promised_part_on": commitment.promised_part_on, "promised_ready_at": commitment.promised_ready_at,
        "cause": commitment.cause, "basis": commitment.basis, "remedy": commitment.remedy,
    }  # fmt: skip
    content = _content(commitment.order, _commitment, commitment, said)
    return Asked("workshop.sign_commitment", commitment, content)


def of_another_date(commitment: PartsCommitment, typed: Mapping[str, Any]) -> Asked:
    """The date that is to stand instead, as it is typed."""
    said = {"cause": commitment.cause, "remedy": commitment.remedy} | {
        name: typed[name] for name in ("promised_part_on", "promised_ready_at", "basis")
    }
    content = _content(commitment.order, _commitment, commitment, said)
    return Asked("workshop.renegotiate_commitment", commitment, content)


def of_promise(order: WorkOrder, typed: Mapping[str, Any]) -> Asked:
    """Another date for the whole repair, as it is typed."""
    said = {"to": typed["to"], "cause": typed["cause"], "reason": typed["reason"], "basis": typed["basis"]}
    return Asked("workorder.revise_promise", order, _content(order, _moved, said))


def of_moved_promise(order: WorkOrder, line: PromiseRevision) -> Asked:
    """The date that stands, to which the customer has not agreed yet."""
    reason = Sentence.from_json(line.reason)
    said = {"to": line.new_at, "cause": line.cause, "reason": reason, "basis": line.basis}
    return Asked("workorder.agree_to_promise", line, _content(order, _moved, said))


def ask(asked: Asked, **who: Any) -> AskedSignature:
    """Ask the customer to sign it on the own telephone."""
    return signing.ask(asked.purpose, asked.subject, asked.content, **who)


def _content(order: WorkOrder, lines_of: Any, *about: Any) -> dict[str, Any]:
    """All that the customer reads before signing, in the customer's language."""
    with translation.override(order.language):
        title, lines = lines_of(order, *about)
        kept = [[label, text] for label, text in [*_head(order), *lines] if text]
    return {"title": title, "name": order.customer.name, "language": order.language, "lines": kept}


def _head(order: WorkOrder) -> Lines:
    machine = order.appliance
    kind = f"{machine.brand.name} {machine.line.name} {machine.model.code if machine.model else ''}".strip()
    return [
        (gettext("Outlet"), order.unit.name),
        (gettext("Job"), order.number),
        (gettext("Appliance"), kind),
        (gettext("Serial number"), machine.serial),
    ]


def _quote(_order: WorkOrder, quote: Quote, place: int | None, declined: Collection[int]) -> tuple[str, Lines]:
    wanted = [line for line in quote.lines_of(place) if line.pk not in declined]
    option, chosen = quote.option(place), quote.choice(set(declined), place)
    off = chosen.discount_minor
    hours = ngettext(
        "%(hours)s working hour after approval", "%(hours)s working hours after approval", option.service_hours
    )
    days = ngettext("%(days)s day", "%(days)s days", option.repair_warranty_days)
    lines = [
        (f"{line.description} × {line.quantity}{_mark(line)}", words.money(line.amount_minor, quote.currency))
        for line in wanted
    ]
    return gettext("I approve this quote"), [
        (gettext("Quote"), quote.number),
        (gettext("Option"), gettext(OPTION_LABELS[OptionKind(option.kind)]) if quote.has_options else ""),
        *lines,
        (gettext("Discount"), f"−{words.money(off, quote.currency)}" if off else ""),
        (gettext("Total"), words.money(chosen.total_minor, quote.currency)),
        (gettext("Ready"), hours % {"hours": option.service_hours}),
        (gettext("Repair warranty"), days % {"days": option.repair_warranty_days}),
        (gettext("Valid until"), words.when(quote.valid_until) if quote.valid_until else ""),
    ]


def _outside(_order: WorkOrder, line: QuoteLine) -> tuple[str, Lines]:
    """What the list says, what is asked, and why: nobody signs a price without its reason."""
    currency = line.quote.currency
    listed = f"{words.money(line.list_min_minor, currency)} – {words.money(line.list_max_minor, currency)}"
    why = line.exception.note if line.exception else ""
    return gettext("I agree to this price outside the published list"), [
        (gettext("Quote"), line.quote.number),
        (gettext("Service or part"), f"{line.description} ({line.code})"),
        (gettext("The published list says"), listed if line.is_listed else gettext("not on the list")),
        (gettext("Price of one"), words.money(line.unit_minor, currency)),
        (gettext("Quantity"), str(line.quantity)),
        (gettext("Why"), why),
    ]


def _moved(_order: WorkOrder, said: Mapping[str, Any]) -> tuple[str, Lines]:
    return gettext("I agree to the new date"), [
        (gettext("The appliance is ready by"), words.when(said["to"])),
        (gettext("Cause"), gettext(CAUSE_LABELS[PromiseCause(said["cause"])])),
        (gettext("Reason"), str(said["reason"])),
        (gettext("What the date rests on"), said["basis"]),
    ]


def _mark(line: QuoteLine) -> str:
    return f" · {gettext(MARK_LABELS[PartMark(line.mark)])}" if line.mark else ""


def _commitment(_order: WorkOrder, commitment: PartsCommitment, said: Mapping[str, Any]) -> tuple[str, Lines]:
    return gettext("I agree to the new date"), [
        (gettext("Why the part is missing"), gettext(DELAY_LABELS[DelayCause(said["cause"])])),
        (gettext("What the date rests on"), said["basis"]),
        (gettext("The part is here by"), words.when(said["promised_part_on"])),
        (gettext("The appliance is ready by"), words.when(said["promised_ready_at"])),
        (gettext("Not later than the law allows"), words.when(commitment.cap_on) if commitment.cap_on else ""),
        (gettext("What the customer gets if we are late"), gettext(REMEDY_LABELS[Remedy(said["remedy"])])),
    ]
