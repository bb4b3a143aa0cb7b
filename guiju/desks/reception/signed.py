"""What a customer signs when an appliance is handed over: its words, the page on the customer's telephone, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from guiju.desks.common import words
from guiju.desks.common.proof import Asked
from guiju.desks.common.squares import squares
from guiju.kernel import signing
from guiju.kernel.actor import Actor
from guiju.kernel.models import AskedSignature
from guiju.line.intake import queries as intake
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import FEE_COLLECTION_LABELS, FeeCollection
from guiju.standing.catalogue.models import Appliance

PURPOSE = "intake.receive"


@dataclass(frozen=True)
class Handed:
    """An appliance that goes over the counter, and what was agreed about it.

    came   how it came, as the form has it: condition, accessories, and so on
    """

    appliance: Appliance
    name: str
    language: str
    problem: str
    symptoms: Sequence[str]
    ready_by: datetime | None
    test_fee_minor: int
    fee_collection: str
    came: Mapping[str, Any]

    def asked(self) -> Asked:
        """What the customer's signature must be under."""
        return Asked(PURPOSE, self.appliance, self.content())

    def content(self) -> dict[str, Any]:
        """All that the customer reads before signing, in the customer's language."""
        with translation.override(self.language):
            lines = [[label, text] for label, text in self._lines() if text]
            title = gettext("I hand over this appliance for repair")
        return {"title": title, "name": self.name, "language": self.language, "lines": lines}

    def _lines(self) -> list[tuple[str, str]]:
        machine, came = self.appliance, self.came
        kind = f"{machine.brand.name} {machine.line.name} {machine.model.code if machine.model else ''}".strip()
        serial = came["discrepancy_note"] if came["serial_differs"] else machine.serial
        accessories = ", ".join(f"{name} × {quantity}" for name, quantity in came["accessories"])
        value = came["declared_value_minor"]
        currency = machine.unit.currency
        return [
            (gettext("Outlet"), machine.unit.name),
            (gettext("Appliance"), kind),
            (gettext("Serial number"), serial),
            (gettext("What is wrong"), "\n".join([*self.symptoms, self.problem])),
            (gettext("Condition"), came["condition"]),
            (gettext("Did the problem show at the counter?"), gettext("Yes") if came["reproduced"] else gettext("No")),
            (gettext("Accessories"), accessories or gettext("None")),
            (gettext("Value that the customer declares"), words.money(value, currency) if value else ""),
            (gettext("Data on the appliance"), came["data_statement"]),
            (gettext("Ready by"), words.when(self.ready_by) if self.ready_by else ""),
            (gettext("Test fee, if it is not repaired"), words.money(self.test_fee_minor, currency)),
            (gettext("Pays"), gettext(FEE_COLLECTION_LABELS[FeeCollection(self.fee_collection)])),
            (gettext("Agreed"), gettext("I accept the test fee, the date and how to pay.")),
        ]


def of_newcomer(appliance: Appliance, typed: Mapping[str, Any], *, told_at: datetime) -> Handed:
    """An appliance that has no order yet, by what is typed now and the date that the customer was told then."""
    terms = intake.terms_for(unit=appliance.unit, appliance=appliance, at=told_at)
    return Handed(
        appliance=appliance,
        name=appliance.customer.name if appliance.customer else "",
        language=typed["language"],
        problem=typed["problem"],
        symptoms=sorted(str(code.name) for code in typed.get("symptoms", ())),
        ready_by=terms.promise.at,
        test_fee_minor=terms.test_fee_minor,
        fee_collection=typed["fee_collection"],
        came=typed,
    )


def of_order(order: WorkOrder, typed: Mapping[str, Any]) -> Handed:
    """An appliance whose order was made before it came."""
    return Handed(
        appliance=order.appliance,
        name=order.customer.name,
        language=order.language,
        problem=order.problem,
        symptoms=sorted(str(symptom.code.name) for symptom in order.symptoms.select_related("code")),
        ready_by=order.promised_at,
        test_fee_minor=order.test_fee_minor,
        fee_collection=order.fee_collection,
        came=typed,
    )


def told_at(typed: Mapping[str, Any], *, by: Actor) -> datetime | None:
    """When the customer was told what was signed on the telephone; None where it was signed here."""
    signature = typed.get("signature")
    if not signature or signature.method != "PHONE":
        return None
    asked = signing.asked_by(by, signature.asked)
    if asked is None:
        raise signing.NotSigned
    return asked.asked_at


def ask(handed: Handed, *, by: Actor, at: datetime) -> AskedSignature:
    """Ask the customer to sign on their own telephone."""
    return signing.ask(PURPOSE, handed.appliance, handed.content(), by=by, at=at)


def panel(request: HttpRequest, asked: AskedSignature | None) -> dict[str, Any]:
    """The signature on the telephone as the counter sees it: not asked, waited for, given, or too late."""
    if asked is None:
        return {"asked": None, "signing": "none"}
    if asked.signed_at is not None:
        return {"asked": asked, "signing": "signed"}
    if asked.expires_at <= timezone.now():
        return {"asked": asked, "signing": "over"}
    path = reverse("sign:sign", args=[signing.link_of(asked)])
    address = request.build_absolute_uri(path)
    return {"asked": asked, "signing": "waiting", "sign_address": address, "squares": squares(address)}


def asked_before(sent: Mapping[str, Any], by: Actor) -> AskedSignature | None:
    """What was asked before a form was refused: it is not lost."""
    typed = str(sent.get("signature_asked", ""))
    return signing.asked_by(by, int(typed[:18])) if typed.isascii() and typed.isdecimal() else None
