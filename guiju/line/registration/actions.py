"""A customer tells of an appliance; somebody of the house looks at the proof, and takes it over or says why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from guiju.kernel import evidence, lifecycle
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.models import Evidence
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.search import fold
from guiju.kernel.words import N_, Sentence
from guiju.line.registration import events
from guiju.line.registration.models import Registration, RegistrationProof
from guiju.line.registration.rules import ARROWS, PROOFS_MAX, STATE_LABELS, RegistrationState
from guiju.line.workorder.actions import reasoned
from guiju.line.workorder.rules import Channel
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import Appliance, Brand, Model, ProductLine
from guiju.standing.customers import actions as customers
from guiju.standing.customers import queries as people
from guiju.standing.customers import rules as telephone
from guiju.standing.customers.models import Customer
from guiju.standing.people.models import Unit

SERIES = "RG"


class ProofMissing(Refusal):
    """B11: without it the guarantee has no beginning that anybody could check."""

    sentence = N_("Add a picture of the invoice or of the guarantee card.")
    field = "proofs"
    status = 422


class ConsentMissing(Refusal):
    """G-6: nothing is kept without a yes."""

    sentence = N_("We may keep this only if you agree to it.")
    field = "consent"
    status = 422


class SentAlready(Refusal):
    """One solution is worth one registration."""

    sentence = N_("This has reached us already. Load the page again to register another appliance.")


def register(
    *,
    unit: Unit,
    product_line: ProductLine,
    brand: str,
    serial: str,
    purchased_on: date,
    contact_name: str,
    phone: str,
    proofs: Sequence[Evidence | BinaryIO | bytes],
    model: str = "",
    invoice_no: str = "",
    language: str = "zh-hans",
    channel: str = Channel.WEB,
    challenge: str = "",
    consent: bool = True,
    by: Actor,
    at: datetime,
) -> Registration:
    """Take down what the owner tells of an appliance, with the pictures that prove its purchase.

    proofs      at most PROOFS_MAX; looked at as every picture of a stranger is, and kept as they came
    raises      ConsentMissing, ProofMissing, SentAlready, DateInFuture, SerialOfAnother, Invalid
    source      B11, TG-3, TG-14
    """
    with doing("registration.register", unit_id=unit.pk, by=by, at=at, channel=str(channel)) as deed:
        if not consent:
            raise ConsentMissing
        told = {
            "brand": brand,
            "model": model,
            "serial": serial,
            "invoice_no": invoice_no,
            "contact_name": contact_name,
        }
        typed = _typed(told) | {"phone": _phone(unit, phone)}
        if purchased_on > unit.day(at):
            raise catalogue.DateInFuture(field="purchased_on")
        catalogue.refuse_serial_of_another(unit, brand=typed["brand"], serial=typed["serial"])
        if not proofs:
            raise ProofMissing
        if len(proofs) > PROOFS_MAX:
            raise Invalid(Sentence(N_("Send at most %(most)s photos."), {"most": PROOFS_MAX}), field="proofs")
        with refusing(registration_puzzle_is_solved_once=SentAlready):
            made = Registration.objects.create(
                number=next_number(SERIES, unit.code, unit.day(at)), unit=unit, line=product_line, channel=Channel(channel),
                purchased_on=purchased_on, language=language, challenge=challenge, consent_at=at, at=at, **typed,
            )  # fmt: skip
        lifecycle.begin(made, by=by, at=at, deed=deed)
        kept = {each.sha256: each for each in (_kept(proof, made, deed) for proof in proofs)}
        RegistrationProof.objects.bulk_create(
            [RegistrationProof(registration=made, evidence=each) for each in kept.values()]
        )
        deed.about(made)
        deed.note(number=made.number, proofs=len(kept))
        deed.tell(events.Registered(made.pk, made.number))
    return made


def confirm(registration: Registration, *, by: Actor, at: datetime) -> Appliance:
    """Take it over: the owner's card, the appliance's card with its day of purchase, and the proof beside it.

    raises   WrongState, SerialKnown where somebody else's card has this serial, SerialOfAnother
    source   B11; 5.2 "Customer & product master"
    """
    with doing("registration.confirm", on=registration, by=by, at=at) as deed:
        told = _locked(registration)
        because = deed.consequence()
        owner = _owner(told, because, at)
        proof = told.proofs.select_related("evidence").order_by("pk")[0].evidence
        brand = Brand.objects.filter(folded=fold(told.brand)).first() or catalogue.add_brand(
            name=told.brand, by=because, at=at
        )
        known = (
            Model.objects.filter(brand=brand, line=told.line, code__iexact=told.model).first() if told.model else None
        )
        card = catalogue.register_appliance(
            unit=told.unit, brand=brand, line=told.line, model=known, serial=told.serial, customer=owner,
            purchased_on=told.purchased_on, invoice_no=told.invoice_no, proof=proof, by=because, at=at,
        )  # fmt: skip
        missing: dict[str, Any] = {
            name: value
            for name, value in (("purchased_on", told.purchased_on), ("invoice_no", told.invoice_no), ("proof", proof))
            if value and not getattr(card, name)
        }
        if missing:
            # The card stood already, from a repair: what it lacked comes to it.
            card = catalogue.change_appliance(card, **missing, by=because, at=at)
        _step(
            told,
            RegistrationState.CONFIRMED,
            deed,
            appliance=card,
            customer=owner,
            decided_by_id=by.person_id,
            decided_at=at,
        )
        deed.tell(events.Confirmed(told.pk, told.number, card.pk, card.serial))
    return card


def refuse(registration: Registration, *, reason: str, by: Actor, at: datetime) -> Registration:
    """Do not take it over, and write down why.

    raises   WrongState, ReasonMissing
    """
    with doing("registration.refuse", on=registration, by=by, at=at) as deed:
        told = _locked(registration)
        _step(
            told,
            RegistrationState.REFUSED,
            deed,
            reason=reasoned(reason)[:400],
            decided_by_id=by.person_id,
            decided_at=at,
        )
        deed.tell(events.Refused(told.pk, told.number))
    return told


def _typed(told: Mapping[str, str]) -> dict[str, str]:
    most = {"brand": 120, "model": 60, "serial": 60, "invoice_no": 60, "contact_name": 120}
    for field, text in told.items():
        if len(text.strip()) > most[field]:
            raise Invalid(Sentence(N_("Write at most %(most)s characters."), {"most": most[field]}), field=field)
    asked = {
        "brand": N_("Write the brand, as the plate shows it."),
        "serial": N_("Write the serial number: it stands on the plate."),
        "contact_name": N_("Write your name, so that we know whom to ask for."),
    }
    for field, otherwise in asked.items():
        if not fold(told[field]):
            raise Invalid(Sentence(otherwise), field=field)
    return {name: " ".join(text.split()) for name, text in told.items()}


def _phone(unit: Unit, phone: str) -> str:
    reading = telephone.read(phone.strip(), region=telephone.region_of(unit.jurisdiction))
    if reading.refused:
        raise Invalid(*reading.because, field="phone")
    return reading.e164


def _kept(proof: Evidence | BinaryIO | bytes, made: Registration, deed: Deed) -> Evidence:
    """Each picture as the registration's own; one that cannot be read is refused at its field."""
    if isinstance(proof, Evidence):
        if proof.unit_id != made.unit_id:
            raise Invalid(Sentence(N_("This picture belongs to another outlet.")), field="proofs")
        return proof
    try:
        return evidence.keep_photo(
            proof, unit_id=made.unit_id, kind="PROOF", by=deed.consequence(), at=deed.at, on=made
        )
    except Invalid as refusal:
        raise Invalid(*refusal.because, field="proofs") from refusal


def _owner(told: Registration, because: Actor, at: datetime) -> Customer:
    known = people.by_phone(told.unit, told.phone)
    return known or customers.enrol(
        unit=told.unit, name=told.contact_name, phones=[told.phone], language=told.language, consent_service=True, by=because,
        at=at,
    )  # fmt: skip


def _locked(registration: Registration) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",)).select_related("unit", "line")
    return rows.get(pk=registration.pk)


def _step(told: Registration, to: RegistrationState, deed: Deed, **also: Any) -> None:
    lifecycle.advance(told, to=to, arrows=ARROWS, by=deed.by, at=deed.at, deed=deed, labels=STATE_LABELS, **also)
