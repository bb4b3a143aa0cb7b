"""Carrying: a message is claimed, given to its carrier and its outcome written; only the middle step touches the network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from guiju.kernel import lifecycle
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.models import Quote
from guiju.oversight.notices import queries
from guiju.oversight.notices.actions.carriers import Letter, Undeliverable, carrier_for
from guiju.oversight.notices.actions.writing import way_of, when_allowed
from guiju.oversight.notices.models import Attempt, Message
from guiju.oversight.notices.rules import (
    ARROWS,
    DOTS,
    HIDDEN,
    LABELS,
    SENDABLE_AGAIN,
    TRIES_MAX,
    Channel,
    MessageState,
    Template,
    wait,
)

SAYS_LENGTH_MAX = 500
WAITING = (MessageState.QUEUED, MessageState.HELD)


class NotAgain(Refusal):
    """A code is good once; the customer asks for another."""

    sentence = N_("A code is not sent again. Ask for a new one.")


@dataclass(frozen=True, slots=True)
class Errand:
    """One message on its way."""

    message: Message
    attempt: Attempt
    letter: Letter


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a carrier made of it."""

    is_taken: bool
    says: str
    is_final: bool = False


def by_the_post() -> Actor:
    """The house, carrying what was written."""
    return Actor.system("post")


def claim(at: datetime) -> Errand | None:
    """Take the next message that may be sent; None when there is none.

    Whether the customer still wants it is asked now and not only when it was written (CRM-3), and so is the address.
    """
    due = Message.objects.filter(state__in=WAITING, next_at__lte=at).order_by("next_at", "pk")
    # Looked for twice a second: on SQLite a transaction would keep every writer waiting for nothing.
    while due.exists():
        with transaction.atomic():
            message = due.select_for_update(skip_locked=True, of=("self",)).first()
            if message is None:
                return None
            if (errand := _begun(message, at)) is not None:
                return errand
    return None


def _begun(message: Message, at: datetime) -> Errand | None:
    # Counted before it is made, so that a carrier that kills its worker is waited for like one that fails.
    message.tries += 1
    message.next_at = at + wait(message.tries)
    message.save(update_fields=["tries", "next_at"])
    if message.state == MessageState.HELD:
        _end(message, MessageState.QUEUED, at)
    way = way_of(message)
    if way is None or not queries.recipient(message.order, message.request).wants(Template(message.template)):
        _end(message, MessageState.UNREACHABLE if way is None else MessageState.UNWANTED, at)
        return None
    channel, address = way
    message.channel, message.to_masked = channel, queries.masked(channel, address)
    message.save(update_fields=["channel", "to_masked"])
    attempt = Attempt.objects.create(message=message, channel=channel, began_at=at)
    return Errand(message, attempt, _letter(message, address))


def _letter(message: Message, address: str) -> Letter:
    """The letter as it leaves; a code is made here and kept nowhere."""
    code = (workshop.approval_code(Quote.objects.get(pk=message.quote_id)) if message.quote_id else "") or DOTS
    subject, text = (each.replace(DOTS, code) for each in (message.subject, message.text))
    # A gateway that compares keys drops what it has already, but not what a person sends again on purpose.
    again = lifecycle.history(message).filter(verb="notices.resend").count()
    return Letter(
        key=f"{message.pk}-{again}",
        channel=Channel(message.channel),
        to=address,
        subject=subject,
        text=text,
        language=message.language,
        template=Template(message.template),
    )


def carry(errand: Errand) -> Outcome:
    """Give it to its carrier. No transaction is open meanwhile: the counter never waits for a gateway."""
    try:
        receipt = carrier_for(errand.letter.channel).send(errand.letter)
    except Undeliverable as refused:
        return Outcome(False, str(refused), is_final=True)
    except Exception as error:  # noqa: BLE001 - whatever a gateway does wrong, it is written down and tried again
        return Outcome(False, f"{type(error).__name__}: {error}")
    return Outcome(True, str(receipt))


def record(errand: Errand, outcome: Outcome, *, at: datetime) -> Message:
    """Write down what became of it."""
    message = errand.message
    with transaction.atomic():
        # Never what it said: an error of a gateway may quote the whole letter.
        says = outcome.says.replace(errand.letter.text, "…").replace(errand.letter.to, message.to_masked)
        Attempt.objects.filter(pk=errand.attempt.pk, ended_at=None).update(
            ended_at=at, is_taken=outcome.is_taken, says=says.replace("\0", "")[:SAYS_LENGTH_MAX]
        )
        if outcome.is_taken:
            _end(message, MessageState.SENT, at, sent_at=at, receipt=says[:120])
        elif outcome.is_final or message.tries >= TRIES_MAX:
            _end(message, MessageState.FAILED, at)
    return message


def resend(message: Message, *, by: Actor, at: datetime) -> Message:
    """Send a message again, in the same words, to where the customer is reached now.

    raises   NotAgain for a code, WrongState for one that is on its way
    """
    with doing("notices.resend", on=message, by=by, at=at) as deed:
        if message.template in HIDDEN:
            raise NotAgain
        next_at = when_allowed(message, at=at)
        to = MessageState.HELD if next_at > at else MessageState.QUEUED
        if MessageState(message.state) not in SENDABLE_AGAIN:
            to = MessageState.QUEUED
        _go(message, to, deed, at, tries=0, next_at=next_at)
    return message


def _end(message: Message, to: MessageState, at: datetime, **also: Any) -> None:
    with doing("notices.carry", on=message, by=by_the_post(), at=at, to=str(to)) as deed:
        _go(message, to, deed, at, **also)


def _go(message: Message, to: MessageState, deed: Deed, at: datetime, **also: Any) -> None:
    lifecycle.advance(message, to=to, arrows=ARROWS, by=deed.by, at=at, deed=deed, labels=LABELS, **also)
