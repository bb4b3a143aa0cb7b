"""Who we buy from: proposed by the buyer, admitted by somebody else; prices with their days, and accounts that two people saw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from guiju.kernel.actor import Actor
from guiju.kernel.amounts import MINOR_MAX
from guiju.kernel.deed import doing
from guiju.kernel.lifecycle import advance, begin
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.readiness.supply.models import CentralPart, Offer, Supplier, SupplierBank
from guiju.readiness.supply.rules import (
    BANK_ARROWS,
    BANK_LABELS,
    SUPPLIER_ARROWS,
    SUPPLIER_LABELS,
    BankState,
    Category,
    SupplierState,
)
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Unit


class SupplierCodeTaken(Refusal):
    """Another supplier has this code."""

    sentence = N_("Another supplier has this code.")
    field = "code"


class ProposedByYou(Refusal):
    """Whoever proposes a supplier does not admit it."""

    sentence = N_("You proposed this supplier. Somebody else has to admit it.")


class AskedByYou(Refusal):
    """Whoever asks for another account does not verify it (PUR-8)."""

    sentence = N_("You asked for this account. Somebody else has to verify it with the supplier.")


class VerifyFirst(Refusal):
    """One change of an account at a time."""

    sentence = N_("Another account of this supplier waits to be verified.")


class PricedAlready(Refusal):
    """Another price begins on that day or later."""

    sentence = N_("This supplier has a price for this part from that day on, or a later one.")
    field = "starts_on"


class CentralAlready(Refusal):
    """It is bought centrally already."""

    sentence = N_("This part is bought centrally already.")
    field = "part"


def propose_supplier(
    *,
    code: str,
    name: str,
    categories: Sequence[Category],
    licence_no: str = "",
    contact: str = "",
    phone: str = "",
    by: Actor,
    at: datetime,
) -> Supplier:
    """Write down a house to buy from; nothing is ordered there before somebody else has admitted it.

    raises   SupplierCodeTaken, Invalid
    source   2.10 "Supplier: licence, categories"
    """
    with doing("supply.propose_supplier", unit_id=by.unit_id, by=by, at=at, code=code) as deed:
        if not categories:
            raise Invalid(Sentence(N_("Say what this supplier sells.")), field="categories")
        # It stands in addresses of pages.
        if "/" in code:
            raise Invalid(Sentence(N_("A code has no stroke in it.")), field="code")
        with refusing(
            supply_supplier_code=SupplierCodeTaken,
            a_supplier_has_a_code_and_a_name=Invalid(
                Sentence(N_("Give the supplier a code and a name.")), field="name"
            ),
        ):
            supplier = Supplier.objects.create(
                code=code.strip().upper(),
                name=name.strip(),
                licence_no=licence_no.strip(),
                contact=contact.strip(),
                phone=phone.strip(),
                categories=[str(each) for each in categories],
                proposed_by_id=by.natural_person_id,
                made_at=at,
            )
        begin(supplier, by=by, at=at, deed=deed)
        deed.about(supplier)
    return supplier


def admit_supplier(supplier: Supplier, *, by: Actor, at: datetime) -> Supplier:
    """Buy there from now on; by somebody else than who proposed it.

    raises   WrongState, ProposedByYou
    """
    with (
        doing("supply.admit_supplier", on=supplier, by=by, at=at) as deed,
        refusing(a_supplier_is_admitted_by_another_person=ProposedByYou),
    ):
        advance(
            supplier, to=SupplierState.ACTIVE, arrows=SUPPLIER_ARROWS, labels=SUPPLIER_LABELS, by=by, at=at, deed=deed,
            admitted_by_id=by.natural_person_id,
        )  # fmt: skip
    return supplier


def suspend_supplier(supplier: Supplier, *, reason: str, by: Actor, at: datetime) -> Supplier:
    """Order nothing more there until somebody admits it again.

    raises   WrongState, Invalid
    """
    with doing("supply.suspend_supplier", on=supplier, by=by, at=at, reason=reason) as deed:
        _say_why(reason)
        advance(
            supplier,
            to=SupplierState.SUSPENDED,
            arrows=SUPPLIER_ARROWS,
            labels=SUPPLIER_LABELS,
            by=by,
            at=at,
            deed=deed,
        )
    return supplier


def ask_bank(
    supplier: Supplier, *, holder: str, bank: str, account: str, basis: str, by: Actor, at: datetime
) -> SupplierBank:
    """Note another account of a supplier; money goes there only once a second person has verified it.

    basis    what asked for the change, such as the supplier's letter
    raises   VerifyFirst, Invalid
    source   PUR-8
    """
    with doing("supply.ask_bank", on=supplier, unit_id=by.unit_id, by=by, at=at) as deed:
        with refusing(
            a_supplier_has_one_account_to_verify=VerifyFirst,
            an_account_is_told_whole=Invalid(
                Sentence(N_("Give the holder, the bank, the account and what asked for it.")), field="account"
            ),
        ):
            row = SupplierBank.objects.create(
                supplier=supplier, holder=holder.strip(), bank=bank.strip(), account=account.strip(), basis=basis.strip(),
                asked_by_id=by.natural_person_id, asked_at=at,
            )  # fmt: skip
        begin(row, by=by, at=at, deed=deed)
        deed.note(account=row.masked)
    return row


def verify_bank(row: SupplierBank, *, verified: str, by: Actor, at: datetime) -> SupplierBank:
    """Put an account in force: somebody else has asked the supplier, over a way that was known before.

    verified   whom one asked, and how
    raises     WrongState, AskedByYou, Invalid
    source     PUR-8
    """
    with doing("supply.verify_bank", on=row.supplier, by=by, at=at, verified=verified) as deed:
        if not verified.strip():
            raise Invalid(Sentence(N_("Say whom you asked, and how.")), field="verified")
        Supplier.objects.select_for_update().get(pk=row.supplier_id)
        facts = {"decided_by_id": by.natural_person_id, "decided_at": at}
        step = {"arrows": BANK_ARROWS, "labels": BANK_LABELS, "by": by, "at": at, "deed": deed}
        for old in SupplierBank.objects.filter(supplier=row.supplier, state=BankState.IN_FORCE):
            advance(old, to=BankState.REPLACED, **step)  # type: ignore[arg-type]
        with refusing(an_account_is_verified_by_a_second_person=AskedByYou):
            advance(row, to=BankState.IN_FORCE, **step, **facts, verified=verified.strip())  # type: ignore[arg-type]
    return row


def refuse_bank(row: SupplierBank, *, reason: str, by: Actor, at: datetime) -> SupplierBank:
    """The supplier knows nothing of this account: money goes where it went.

    raises   WrongState, AskedByYou, Invalid
    """
    with doing("supply.refuse_bank", on=row.supplier, by=by, at=at, reason=reason) as deed:
        _say_why(reason)
        with refusing(an_account_is_verified_by_a_second_person=AskedByYou):
            advance(
                row, to=BankState.REFUSED, arrows=BANK_ARROWS, labels=BANK_LABELS, by=by, at=at, deed=deed,
                decided_by_id=by.natural_person_id, decided_at=at,
            )  # fmt: skip
    return row


def set_offer(
    supplier: Supplier,
    *,
    part: Part,
    price_minor: int,
    currency: str,
    lead_days: int,
    starts_on: date,
    basis: str,
    by: Actor,
    at: datetime,
) -> Offer:
    """Note what one of a part costs there from a day on; the price before it ends on that day and stays to be read.

    price_minor   for one base unit, in minor units of the currency, above nothing
    raises        PricedAlready, Invalid
    source        S2-48 "unit price history"
    """
    with doing("supply.set_offer", on=supplier, unit_id=by.unit_id, by=by, at=at, part=part.code, price=price_minor):
        if not 0 < price_minor <= MINOR_MAX:
            raise Invalid(Sentence(N_("Give a price above nothing.")), field="price_minor")
        if not basis.strip():
            raise Invalid(Sentence(N_("Say where this price is from.")), field="basis")
        Supplier.objects.select_for_update().get(pk=supplier.pk)
        same = Offer.objects.filter(supplier=supplier, part=part, currency=currency)
        same.filter(ends_on__isnull=True, starts_on__lt=starts_on).update(ends_on=starts_on)
        with refusing(a_supplier_asks_one_price_a_day=PricedAlready):
            return Offer.objects.create(
                supplier=supplier, part=part, price_minor=price_minor, currency=currency, lead_days=lead_days,
                starts_on=starts_on, basis=basis.strip(), set_by_id=by.natural_person_id, set_at=at,
            )  # fmt: skip


def buy_centrally(part: Part, *, reason: str, by: Actor, at: datetime) -> CentralPart:
    """Let only the central buyer buy this part from now on.

    raises   CentralAlready, Invalid
    source   S2-46, PUR-5
    """
    with doing("supply.buy_centrally", by=by, at=at, part=part.code, reason=reason) as deed:
        _say_why(reason)
        with refusing(a_part_is_bought_centrally_once=CentralAlready):
            row = CentralPart.objects.create(
                part=part, reason=reason.strip(), set_by_id=by.natural_person_id, set_at=at
            )
        deed.note(central=row.pk)
    return row


def stop_buying_centrally(part: Part, *, reason: str, by: Actor, at: datetime) -> Part:
    """Let every unit buy this part itself again.

    raises   Invalid where it was not bought centrally
    """
    with doing("supply.stop_buying_centrally", by=by, at=at, part=part.code, reason=reason):
        _say_why(reason)
        if not CentralPart.objects.filter(part=part, ended_at__isnull=True).update(ended_at=at):
            raise Invalid(Sentence(N_("This part is not bought centrally.")), field="part")
    return part


def lock_active(supplier: Supplier) -> Supplier:
    """Lock a supplier of whom something is about to be bought.

    raises   SupplierNotInUse
    """
    locked = Supplier.objects.select_for_update().get(pk=supplier.pk)
    if locked.state != SupplierState.ACTIVE:
        raise SupplierNotInUse(name=locked.name)
    return locked


class SupplierNotInUse(Refusal):
    """Nothing is bought there at present."""

    sentence = N_("Nothing is bought from %(name)s at present.")
    field = "supplier"


def buyers_unit(unit: Unit, parts: Sequence[Part]) -> None:
    """Refuse that a unit other than the head office buys what is bought centrally.

    raises   CentralOnly
    """
    if unit.parent_id is None:
        return
    central = CentralPart.objects.filter(part__in=[each.pk for each in parts], ended_at__isnull=True)
    code = central.order_by("part__code").values_list("part__code", flat=True).first()
    if code is not None:
        raise CentralOnly(part=code)


class CentralOnly(Refusal):
    """Only the central buyer buys this (PUR-5)."""

    sentence = N_("%(part)s is bought by the central buyer alone.")
    field = "requests"


def _say_why(reason: str) -> None:
    if not reason.strip():
        raise Invalid(Sentence(N_("Say why.")), field="reason")
