"""The customer's yes: to one option, line by line, with its proof, and bound to exactly what was read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from guiju.kernel import secrets
from guiju.kernel.actor import Actor
from guiju.kernel.approval import digest_of
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance
from guiju.kernel.models import Evidence
from guiju.kernel.plain import canonical
from guiju.kernel.refusing import Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import MISSING
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.rules import Agreed, PromiseCause, State
from guiju.line.workshop import queries
from guiju.line.workshop.actions.exceptions import refuse_unsigned
from guiju.line.workshop.actions.options import option_of
from guiju.line.workshop.actions.quotes import lock, refuse_answered
from guiju.line.workshop.events import CodeAsked, QuoteApproved
from guiju.line.workshop.models import Acceptance, ApprovalCode, Quote, QuoteLine
from guiju.line.workshop.reading import CODE
from guiju.line.workshop.rules import CODE_TRIES_MAX, CODES_MAX, QUOTE_ARROWS, Consent, QuoteState
from guiju.standing.policy import queries as policy


class QuoteChanged(Refusal):
    """What is approved is not what was sent."""

    sentence = N_("The quote is not the one that was sent to the customer. Send it again.")


class QuoteLapsed(Refusal):
    """The quote is no longer valid."""

    sentence = N_("This quote was valid until %(until)s. Ask for a new one.")


class ConsentMissing(Refusal):
    """Nobody approves for the customer without proof."""

    sentence = N_("Add the customer's signature, the one-time code, or where the recorded consent is kept.")
    status = 422


class OptionMissing(Refusal):
    """Of several, exactly one is accepted."""

    sentence = N_("Choose one of the options.")
    field = "option"
    status = 422


class NotOptional(Refusal):
    """Only what the repair is possible without can be left out."""

    sentence = N_("The repair needs %(code)s. Decline the whole quote, or ask us for another.")
    field = "kept"
    status = 422


class NothingLeft(Refusal):
    """To decline everything is another answer."""

    sentence = N_("Nothing would be left of the quote. Decline it as a whole instead.")
    field = "kept"
    status = 422


class TooManyTries(Refusal):
    """The code was wrong too often."""

    sentence = N_("The code was wrong too often. Sign instead, or ask us for a new quote.")
    field = "code"


class TooManyCodes(Refusal):
    """Whoever asks again and again is helped better by a person."""

    sentence = N_("%(most)s codes were sent for this quote. Sign instead, or call us.")


class NoCode(Refusal):
    """There is no code that could be right."""

    sentence = N_("No code was sent for this quote, or it was used. Ask for a new one.")
    field = "code"


class CodeLapsed(Refusal):
    """The code is too old."""

    sentence = N_("This code was good for a few minutes only. Ask for a new one.")
    field = "code"


class NothingToAnswer(Refusal):
    """The quote is not waiting for the customer."""

    sentence = N_("This quote is not waiting for an answer.")


class SignatureUsed(Refusal):
    """One signature stands under one agreement."""

    sentence = N_("This signature stands under another agreement. Have the customer sign again.")
    field = "signature"


def ask_code(quote: Quote, *, by: Actor, at: datetime) -> None:
    """Have a one-time code sent to the customer's phone, with which to approve; an earlier one counts no more.

    raises  NothingToAnswer, TooManyTries, TooManyCodes
    source  T34, `quote.code_minutes`
    """
    with doing("workshop.ask_code", on=quote.order, by=by, at=at) as deed:
        quote = lock(quote)
        if quote.state != QuoteState.ISSUED:
            raise NothingToAnswer
        if quote.code_tries >= CODE_TRIES_MAX:
            raise TooManyTries
        codes = ApprovalCode.objects.filter(quote=quote)
        if codes.count() >= CODES_MAX:
            raise TooManyCodes(most=CODES_MAX)
        codes.filter(used_at__isnull=True, void_at__isnull=True).update(void_at=at)
        minutes = policy.figure("quote.code_minutes", unit=quote.order.unit, on=quote.order.unit.day(at)).value
        salt = secrets.new_salt()
        ApprovalCode.objects.create(
            quote=quote,
            salt=salt,
            digest=_mark(salt, secrets.one_time_code(CODE, quote.pk, salt)),
            asked_at=at,
            expires_at=at + timedelta(minutes=int(minutes)),
        )
        deed.tell(CodeAsked(quote.order_id, quote.order.number, quote.pk))


def enter_code(
    quote: Quote,
    *,
    code: str,
    option: int | None = None,
    declined: Collection[int] = (),
    language: str = "",
    by: Actor,
    at: datetime,
) -> bool:
    """Try a one-time code under what was read; a wrong one is counted, which is why it is a deed of its own and is not refused.

    option, declined, language   as in `approve_quote`: the code confirms this, and nothing else
    raises  NothingToAnswer, TooManyTries, NoCode, CodeLapsed, OptionMissing, NoSuchOption, NotOptional, NothingLeft
    source  T34
    """
    with doing("workshop.enter_code", on=quote.order, by=by, at=at) as deed:
        quote = lock(quote)
        if quote.state != QuoteState.ISSUED:
            raise NothingToAnswer
        if quote.code_tries >= CODE_TRIES_MAX:
            raise TooManyTries
        sent = ApprovalCode.objects.select_for_update().filter(quote=quote, void_at__isnull=True, used_at__isnull=True)
        counts = sent.first()
        if counts is None:
            raise NoCode
        if counts.expires_at <= at:
            raise CodeLapsed
        right = secrets.is_marked(_marked(counts.salt, code.strip()), counts.digest)
        if right:
            read = digest_of(_read(quote, option, declined, language))
            ApprovalCode.objects.filter(pk=counts.pk).update(used_at=at, read_digest=read)
        else:
            Quote.objects.filter(pk=quote.pk).update(code_tries=quote.code_tries + 1)
            quote.code_tries += 1
        deed.note(right=right)
    return right


def approve_quote(
    quote: Quote,
    *,
    how: Consent,
    option: int | None = None,
    declined: Collection[int] = (),
    signature: Evidence | None = None,
    note: str = "",
    language: str = "",
    by: Actor,
    at: datetime,
) -> Quote:
    """The customer agrees to one option of this very version, or to what was chosen of it, by signature, code, or a recorded consent.

    option    its place; needed where there is more than one
    declined  the keys of the optional lines that the customer does not want: they are neither fitted nor billed
    note      for a recorded consent: where the record is kept
    language  in which it was read; the job's language unless told otherwise
    raises    WrongState, Answered, Replaced, ConsentMissing, QuoteLapsed, QuoteChanged, OptionMissing, NoSuchOption, NotOptional,
              NothingLeft, SignatureUsed
    source    WO-2, WO-3, T32; a receptionist records the customer's answer, nobody gives it
    """
    with doing("workshop.approve_quote", on=quote.order, by=by, at=at, how=str(how)) as deed:
        quote = lock(quote)
        refuse_answered(quote)
        if quote.state == QuoteState.ISSUED and quote.valid_until is not None and quote.valid_until < at:
            raise QuoteLapsed(until=quote.valid_until)
        agreed: dict[str, Any] = {}
        if quote.state == QuoteState.ISSUED:
            agreed = _accept(
                quote,
                _read(quote, option, declined, language),
                {"how": how, "signature": signature, "note": note.strip()},
                deed,
            )
        advance(quote, to=QuoteState.APPROVED, arrows=QUOTE_ARROWS, by=by, at=at, deed=deed, decided_at=at, **agreed)
        # What an earlier version had left at the till counts for this one.
        owed = max(quote.deposit_minor - quote.order.deposit_held_minor, 0)
        workorder.advance(quote.order, to=State.APPROVED, by=by, at=at, deed=deed, deposit_owed_minor=owed)
        _promise_again(quote, deed, at)
        deed.tell(QuoteApproved(quote.order_id, quote.order.number, quote.pk, str(how)))
    return quote


def _read(quote: Quote, option: int | None, declined: Collection[int], language: str) -> dict[str, Any]:
    """What the customer agrees to: of what was sent, exactly what was chosen.

    raises   QuoteChanged, OptionMissing, NoSuchOption, NotOptional, NothingLeft, LineUnsigned
    """
    if digest_of(quote.content()) != quote.digest:
        raise QuoteChanged
    if option is None and quote.has_options:
        raise OptionMissing
    place = option_of(quote, option or quote.place).place
    left_out = set(declined)
    lines = {line.pk: line for line in quote.lines_of(place)}
    for key in left_out:
        if key not in lines or not lines[key].is_optional:
            raise NotOptional(code=lines[key].code if key in lines else key)
    if left_out == set(lines):
        raise NothingLeft
    refuse_unsigned(quote, [line for key, line in lines.items() if key not in left_out])
    return queries.reading(quote, place=place, declined=left_out, language=language or quote.order.language)


def _accept(quote: Quote, read: dict[str, Any], proof: dict[str, Any], deed: Deed) -> dict[str, Any]:
    """Write the acceptance down, and return what the quote comes to by it."""
    sealed = digest_of(read)
    code = None
    if proof["how"] == Consent.CODE:
        code = ApprovalCode.objects.filter(quote=quote, used_at__isnull=False, read_digest=sealed).first()
    with refusing(an_acceptance_has_its_proof=ConsentMissing, workshop_acceptance_signature_id=SignatureUsed):
        Acceptance.objects.create(
            quote=quote,
            place=read["option"]["place"],
            language=read["language"],
            content=canonical(read).decode(),
            digest=sealed,
            code=code,
            at=deed.at,
            **proof | {"signature": proof["signature"] if proof["how"] == Consent.SIGNATURE else None},
        )
    left_out = {line["key"] for line in read["lines"] if not line["is_wanted"]}
    if left_out:
        QuoteLine.objects.filter(pk__in=left_out).update(is_declined=True)
        for line in quote.lines.all():
            line.is_declined = line.pk in left_out
        deed.note(declined=sorted(line["code"] for line in read["lines"] if not line["is_wanted"]))
    _let_go(quote, read, deed)
    deed.note(digest=sealed, total_minor=read["total_minor"], option=read["option"]["place"])
    off = quote.option(read["option"]["place"]).discount_minor
    return {
        "place": read["option"]["place"],
        "kind": read["option"]["kind"],
        "service_hours": read["option"]["service_hours"],
        "repair_warranty_days": read["option"]["repair_warranty_days"],
        "approved_digest": sealed,
        "total_minor": read["total_minor"],
        "discount_minor": read["discount_minor"],
        "declined_minor": sum(line["amount_minor"] for line in read["lines"] if not line["is_wanted"]),
        "forgone_minor": off - read["discount_minor"],
        "deposit_minor": read["deposit_minor"],
        "decided_how": proof["how"],
        "decided_note": proof["note"],
        "signature": proof["signature"],
        "code_confirmed_at": code.used_at if code is not None else None,
    }


def _let_go(quote: Quote, read: dict[str, Any], deed: Deed) -> None:
    """What was asked of the store for a line that is not wanted, or for another option, is needed no more."""
    wanted = {line["key"] for line in read["lines"] if line["is_wanted"]}
    parts = {line.part_id: line.pk in wanted for line in sorted(quote.lines.all(), key=lambda each: each.pk in wanted)}
    needless = [part for part, is_wanted in parts.items() if part is not None and not is_wanted]
    if not needless:
        return
    asked = PartRequest.objects.filter(order=quote.order, part__in=needless, state__in=MISSING)
    for request in asked.order_by("pk"):
        storeroom.cancel_request(request, by=deed.consequence(), at=deed.at)


def _promise_again(quote: Quote, deed: Deed, at: datetime) -> None:
    """The customer approves the quote with its service time, so the promise is counted anew and accepted (3.2)."""
    ready = workorder.promise_from(quote.order, hours=quote.service_hours, start=at)
    if quote.order.promised_at is None or ready.at > quote.order.promised_at:
        said = Sentence(N_("The customer approved the quote with this service time."))
        workorder.revise_promise(
            quote.order, to=ready.at, cause=PromiseCause.QUOTE, reason=said, basis=quote.number, steps=ready.steps,
            agreed=Agreed(quote.decided_how), signature=quote.signature, agreed_note=quote.decided_note or quote.number,
            by=deed.consequence(), at=at,
        )  # fmt: skip


def _marked(salt: str, code: str) -> bytes:
    return f"{CODE}\x00{salt}\x00{code}".encode("utf-8", "replace")


def _mark(salt: str, code: str) -> str:
    return secrets.mark_of(_marked(salt, code))
