"""A request comes in, by whatever channel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from guiju.kernel import evidence, lifecycle, secrets
from guiju.kernel.actor import Actor, Kind
from guiju.kernel.deed import Deed, doing
from guiju.kernel.models import Evidence
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.search import fold
from guiju.kernel.words import N_, Sentence
from guiju.line.intake import queries
from guiju.line.intake.actions.reading import text_of, word_of
from guiju.line.intake.events import RequestLinked, RequestSubmitted
from guiju.line.intake.models import RequestPhoto, RequestSymptom, ServiceRequest
from guiju.line.intake.rules import REQUEST_ARROWS, Proof, RequestState
from guiju.line.workorder.rules import Channel, Mode
from guiju.standing.catalogue.models import Appliance, FaultCode, ProductLine
from guiju.standing.catalogue.rules import CodeKind
from guiju.standing.customers import queries as customers
from guiju.standing.customers import rules as telephone
from guiju.standing.people.models import Unit

SERIES = "RQ"
# All sides of an appliance and its plate; more are asked for at the counter.
PHOTOS_MAX = 6
DESCRIPTION_LONGEST = 2000
# A stranger comes by the open door alone, and cannot say that the house has heard it on the telephone.
OPEN_DOORS = frozenset({Channel.WEB, Channel.QR})


class Unreachable(Refusal):
    """3.1 "submit": contact phone or e-mail valid."""

    sentence = N_("Give a telephone number or an e-mail address, so that we can answer.")
    field = "phone"
    status = 422


class ConsentMissing(Refusal):
    """G-6: nothing is kept without a yes."""

    sentence = N_("We may keep the request only if you agree that we answer it.")
    field = "consent"
    status = 422


class SentAlready(Refusal):
    """One solution is worth one request."""

    sentence = N_("This request has reached us already. Load the page again to send another one.")


def submit(
    *,
    unit: Unit,
    channel: str,
    contact_name: str,
    phone: str = "",
    email: str = "",
    language: str = "zh-hans",
    product_line: ProductLine | None = None,
    brand: str = "",
    model: str = "",
    serial: str = "",
    appliance: Appliance | None = None,
    symptoms: Iterable[FaultCode] = (),
    description: str,
    mode: str = "",
    photos: Sequence[Evidence | BinaryIO | bytes] = (),
    consent: bool = True,
    proof: str = Proof.HOUSE,
    challenge: str = "",
    by: Actor,
    at: datetime,
) -> ServiceRequest:
    """Take down what somebody asks for: a number, and a time by which somebody answers.

    phone, email   at least one; the telephone finds the customer's card, which is never shown to whoever asks
    appliance      the machine on whose sticker the QR code was
    photos         kept already, or as they were sent; at most `PHOTOS_MAX`
    consent        that we keep this and answer; a clerk who types has heard it
    challenge      the puzzle that was solved, where `proof` is PUZZLE
    raises         Unreachable, ConsentMissing, SentAlready, Invalid, NotAllowed
    source         3.1 "submit"; S6-01, S6-02, CRM-1, CRM-2, A02, A04, A05
    """
    with doing("intake.submit", on=None, unit_id=unit.pk, by=by, at=at, channel=str(channel)) as deed:
        if not consent:
            raise ConsentMissing
        _refuse_pretence(by, channel, proof)
        typed = _answerable(unit, contact_name, phone, email) | _about(brand, model, serial, description, mode)
        ticked, shown = _symptoms(symptoms), _few(photos)
        line = product_line or (appliance.line if appliance is not None else None)
        number = next_number(SERIES, unit.code, unit.day(at))
        salt, due_at = secrets.new_salt(), queries.due_at(unit, at=at)
        with refusing(service_request_puzzle_is_solved_once=SentAlready):
            request = ServiceRequest.objects.create(
                number=number, unit=unit, channel=word_of(Channel, channel, "channel"), language=language, line=line,
                appliance=appliance, customer=customers.by_phone(unit, typed["phone"]), consent_at=at, at=at,
                proof=word_of(Proof, proof, "proof"), challenge=challenge, follow_salt=salt,
                follow_digest=secrets.hash_token(queries.follow_token_of(number, salt)),
                due_at=due_at, **typed,
            )  # fmt: skip
        lifecycle.begin(request, by=by, at=at, deed=deed)
        RequestSymptom.objects.bulk_create([RequestSymptom(request=request, code=code) for code in ticked])
        _keep(request, shown, deed)
        deed.about(request)
        deed.note(number=number, photos=len(shown), proof=request.proof, is_known=request.customer_id is not None)
        deed.tell(RequestSubmitted(request.pk, number, request.channel, due_at))
        _link_to_the_first(request, deed)
    return request


def _refuse_pretence(by: Actor, channel: str, proof: str) -> None:
    """A stranger is a stranger, and the house solves no puzzles."""
    is_stranger = by.kind is Kind.STRANGER
    if is_stranger and (channel not in OPEN_DOORS or proof == Proof.HOUSE):
        raise Invalid(Sentence(N_("Choose one of the list.")), field="channel")


def _answerable(unit: Unit, contact_name: str, phone: str, email: str) -> dict[str, str]:
    name = text_of(contact_name, "contact_name", N_("Write your name, so that we know whom to ask for."))
    if len(name) > 120:
        raise Invalid(Sentence(N_("A name is at most %(most)s characters long."), {"most": 120}), field="contact_name")
    if not phone.strip() and not email.strip():
        raise Unreachable
    e164 = ""
    if phone.strip():
        reading = telephone.read(phone.strip(), region=telephone.region_of(unit.jurisdiction))
        if reading.refused:
            raise Invalid(*reading.because, field="phone")
        e164 = reading.e164
    try:
        if email.strip():
            validate_email(email.strip())
    except ValidationError as wrong:
        raise Invalid(Sentence(N_("This is not an e-mail address.")), field="email") from wrong
    return {"contact_name": name, "phone": e164, "email": email.strip()}


def _about(brand: str, model: str, serial: str, description: str, mode: str) -> dict[str, str]:
    said = text_of(description, "description", N_("Write in a few words what is wrong."), least=5)
    for field, text, most in (
        ("description", said, DESCRIPTION_LONGEST), ("brand", brand, 120), ("model", model, 60), ("serial", serial, 60),
    ):  # fmt: skip
        if len(text.strip()) > most:
            raise Invalid(Sentence(N_("Write at most %(most)s characters."), {"most": most}), field=field)
    return {
        "brand": brand.strip(), "model": model.strip(), "serial": serial.strip(), "folded_serial": fold(serial),
        "description": said, "mode": word_of(Mode, mode, "mode") if mode else "",
    }  # fmt: skip


def _symptoms(symptoms: Iterable[FaultCode]) -> list[FaultCode]:
    ticked = list({code.pk: code for code in symptoms}.values())
    if any(code.kind != CodeKind.SYMPTOM for code in ticked):
        raise Invalid(Sentence(N_("Choose one of the list.")), field="symptoms")
    return ticked


def _few(photos: Sequence[Any]) -> list[Any]:
    if len(photos) > PHOTOS_MAX:
        raise Invalid(Sentence(N_("Send at most %(most)s photos."), {"most": PHOTOS_MAX}), field="photos")
    return list(photos)


def _keep(request: ServiceRequest, photos: Sequence[Evidence | BinaryIO | bytes], deed: Deed) -> None:
    """Keep the pictures as the request's own: whoever sends one need hold no right to keep evidence."""
    kept = []
    for photo in photos:
        if isinstance(photo, Evidence):
            if photo.unit_id != request.unit_id:
                raise Invalid(Sentence(N_("This picture belongs to another outlet.")), field="photos")
            kept.append(photo)
            continue
        try:
            kept.append(
                evidence.keep_photo(
                    photo, unit_id=request.unit_id, kind="REQUEST", by=deed.consequence(), at=deed.at, on=request
                )
            )
        except Invalid as refusal:
            raise Invalid(*refusal.because, field="photos") from refusal
    different = {photo.sha256: photo for photo in kept}.values()
    RequestPhoto.objects.bulk_create([RequestPhoto(request=request, evidence=photo) for photo in different])


def _link_to_the_first(request: ServiceRequest, deed: Deed) -> None:
    """CRM-2: the same person about the same machine is one request, seen twice.

    Only where telephone and serial agree: a number that two people share, or a serial typed wrong, must not bury a request.
    """
    first = queries.same_asked_before(request)
    if first is not None:
        lifecycle.advance(
            request, to=RequestState.DUPLICATE, arrows=REQUEST_ARROWS, by=deed.by, at=deed.at, deed=deed,
            duplicate_of=first, ended_at=deed.at,
        )  # fmt: skip
        deed.note(original=first.number)
        deed.tell(RequestLinked(request.pk, request.number, first.number))
