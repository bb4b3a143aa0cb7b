"""Old parts on their way: the parcel to head office, opened by another, examined by sample, credited by the supplier (2.9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from guiju.kernel import secrets
from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.lifecycle import advance
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.storeroom import events
from guiju.line.storeroom.actions.old_parts import lock_bags, step, worth, write
from guiju.line.storeroom.models import OldPart, ReturnBatch
from guiju.line.storeroom.rules import (
    BATCH_ARROWS,
    BATCH_LABELS,
    CHARGED_FOR,
    TO_RETURN,
    AuditResult,
    BatchState,
    OldPartOutcome,
    OldPartState,
    sample,
)
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy


class NothingToSend(Refusal):
    """A batch without a bag."""

    sentence = N_("Choose at least one old part.")
    field = "parts"


class NotForHeadOffice(Refusal):
    """It belongs to the customer, or is destroyed here."""

    sentence = N_("%(tag)s does not go back to head office.")
    field = "parts"


class OfAnotherOutlet(Refusal):
    """One parcel is of one outlet."""

    sentence = N_("%(tag)s belongs to another outlet.")
    field = "parts"


class SentByYou(Refusal):
    """Who sends does not count what came (5.4)."""

    sentence = N_("You sent this parcel yourself. Somebody else has to open it.")


class NotInTheParcel(Refusal):
    """What is ticked off was never sent in it."""

    sentence = N_("%(tag)s was not sent in this parcel.")
    field = "found"


class NotSampled(Refusal):
    """Only the sample is opened."""

    sentence = N_("This old part is not in the sample.")


class ExaminedAlready(Refusal):
    """Found once."""

    sentence = N_("This old part was examined already.")


class NoCredit(Refusal):
    """Only what was sent in for credit brings any."""

    sentence = N_("This old part was not sent in for credit.")


def send_old_parts(
    *, unit: Unit, parts: Sequence[OldPart], carrier: str, waybill: str, by: Actor, at: datetime
) -> ReturnBatch:
    """Send old parts back to head office in one parcel.

    parts     kept here, to be returned or credited
    raises    NothingToSend, NotForHeadOffice, OfAnotherOutlet, WrongState, Invalid
    source    2.9 OldPart "return batch", 3.x "IN_BATCH → SHIPPED"
    """
    with doing("storeroom.send_old_parts", on=unit, by=by, at=at) as deed:
        if not parts:
            raise NothingToSend
        if not waybill.strip():
            raise Invalid(Sentence(N_("Write the number of the parcel.")), field="waybill")
        locked = lock_bags([each.pk for each in parts])
        for old in locked:
            if old.order.unit_id != unit.pk:
                raise OfAnotherOutlet(tag=old.tag)
            if old.outcome not in TO_RETURN:
                raise NotForHeadOffice(tag=old.tag)
        batch = ReturnBatch.objects.create(
            number=next_number("RB", unit.code, unit.day(at)), unit=unit, to_unit=_head_office(unit), carrier=carrier.strip()[:80],
            waybill=waybill.strip()[:60], sent_by_id=by.natural_person_id, sent_at=at,
        )  # fmt: skip
        for old in locked:
            step(old, OldPartState.SENT, deed, batch=batch)
        deed.note(batch=batch.number, tags=[old.tag for old in locked])
        deed.tell(events.OldPartsSent(unit.pk, batch.pk, batch.number, len(locked)))
    return batch


def receive_old_parts(batch: ReturnBatch, *, found: Sequence[OldPart], by: Actor, at: datetime) -> ReturnBatch:
    """Open an outlet's parcel at head office: what is in it has come, what is not is missing and charged; a sample is to be examined.

    found     what was in the parcel, by its tags
    raises    WrongState, SentByYou, NotInTheParcel
    source    3.x "RECEIVED_HQ", settlement "old part not returned: -100 % of part price"
    """
    with doing("storeroom.receive_old_parts", on=batch.to_unit, by=by, at=at) as deed:
        batch = _lock_batch(batch)
        sent = lock_bags(OldPart.objects.filter(batch=batch).values_list("pk", flat=True))
        here, all_of_it = {each.pk for each in found}, {each.pk for each in sent}
        if stray := next((each for each in found if each.pk not in all_of_it), None):
            raise NotInTheParcel(tag=stray.tag)
        with refusing(a_return_batch_is_opened_by_another=SentByYou):
            _step_batch(batch, BatchState.RECEIVED, deed, received_by_id=by.natural_person_id, received_at=at)
        tags = [old.tag for old in sent if old.pk in here]
        chosen = sample(
            {tag: secrets.mark_of(f"sample/{batch.number}/{tag}".encode()) for tag in tags}, percent=_percent(batch, at)
        )
        for old in sent:
            if old.pk in here:
                lifted = {"is_chargeable": False, "charge_minor": None}
                step(old, OldPartState.RECEIVED, deed, is_sampled=old.tag in chosen, **lifted)
            else:
                step(old, OldPartState.MISSING, deed, missing_at=at, is_chargeable=True, charge_minor=worth(old))
        if not chosen:
            _step_batch(batch, BatchState.CLOSED, deed, closed_at=at)
        missing = [old.tag for old in sent if old.pk not in here]
        deed.note(batch=batch.number, received=tags, missing=missing, sample=sorted(chosen))
        deed.tell(events.OldPartsReceived(batch.unit_id, batch.pk, batch.number, len(tags), len(missing)))
    return batch


def audit_old_part(old: OldPart, *, result: str, note: str, by: Actor, at: datetime) -> OldPart:
    """Say what one of the sample really is; with the last one the parcel is done.

    raises    WrongState, NotSampled, ExaminedAlready, Invalid
    source    2.9 OldPart "inspected result", 3.x "INSPECTED"
    """
    with doing("storeroom.audit_old_part", on=_where_sent(old), by=by, at=at, result=str(result)) as deed:
        sent = ReturnBatch.objects.filter(parts=old.pk).first()
        batch = _lock_batch(sent) if sent is not None else None
        (old,) = lock_bags([old.pk])
        if batch is None or not old.is_sampled:
            raise NotSampled
        if old.result:
            raise ExaminedAlready
        if result not in set(AuditResult):
            raise Invalid(Sentence(N_("Say what was found.")), field="result")
        if result != AuditResult.GENUINE_DEFECT and not note.strip():
            raise Invalid(Sentence(N_("Write what was found.")), field="note")
        charged = AuditResult(result) in CHARGED_FOR
        write(
            old, result=result, result_note=note.strip()[:300], audited_by_id=by.natural_person_id, audited_at=at,
            is_chargeable=charged, charge_minor=worth(old) if charged else None,
        )  # fmt: skip
        if not OldPart.objects.filter(batch=batch, is_sampled=True, result="").exists():
            _step_batch(batch, BatchState.CLOSED, deed, closed_at=at)
        deed.note(tag=old.tag)
        deed.tell(events.OldPartAudited(old.order_id, old.order.number, old.tag, str(result), charged))
    return old


def credit_old_part(old: OldPart, *, credit_minor: int, reference: str, by: Actor, at: datetime) -> OldPart:
    """The supplier has credited the core of an old part that came to head office.

    credit_minor   in minor units of the job's currency
    reference      the supplier's credit note
    raises         NoCredit, WrongState, Invalid
    """
    with doing("storeroom.credit_old_part", on=_where_sent(old), by=by, at=at) as deed:
        (old,) = lock_bags([old.pk])
        if old.outcome != OldPartOutcome.CORE_CREDIT:
            raise NoCredit
        if credit_minor < 1:
            raise Invalid(Sentence(N_("Write how much was credited.")), field="credit_minor")
        if not reference.strip():
            raise Invalid(Sentence(N_("Write the number of the credit note.")), field="reference")
        step(
            old,
            OldPartState.CREDITED,
            deed,
            credit_minor=credit_minor,
            credit_ref=reference.strip()[:60],
            credited_at=at,
        )
        deed.note(tag=old.tag, credit_minor=credit_minor)
    return old


def _lock_batch(batch: ReturnBatch) -> ReturnBatch:
    rows = ReturnBatch.objects.select_for_update(of=("self",)).select_related("unit", "to_unit")
    return rows.get(pk=batch.pk)


def _step_batch(batch: ReturnBatch, to: BatchState, deed: Deed, **also: Any) -> None:
    advance(batch, to=to, arrows=BATCH_ARROWS, by=deed.by, at=deed.at, deed=deed, labels=BATCH_LABELS, **also)


def _where_sent(old: OldPart) -> Unit:
    """The unit in which it is looked at: head office once it was sent there."""
    batch = ReturnBatch.objects.filter(parts=old.pk).select_related("to_unit").first()
    return batch.to_unit if batch is not None else old.order.unit


def _head_office(unit: Unit) -> Unit:
    """The unit at the root above an outlet: the last of its own and the units above."""
    return Unit.objects.get(code=unit.lineage[-1])


def _percent(batch: ReturnBatch, at: datetime) -> int:
    return int(policy.figure("oldpart.audit_percent", unit=batch.to_unit, on=batch.to_unit.day(at)).value)
