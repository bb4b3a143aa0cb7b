"""Cards and wallets reach the bank by their providers, who keep a fee back: finance says which line of the statement that is."""

from __future__ import annotations

from datetime import datetime

from guiju.books.money import actions as money
from guiju.books.money.actions import Part
from guiju.books.money.rules import MoneyKind, Movement
from guiju.kernel import locking
from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.banking.models import BankLine, TenderSettlement
from guiju.line.banking.rules import SETTLED_TENDERS


class LineUsed(Refusal):
    """One line, one meaning."""

    sentence = N_("This line of the statement confirms something already.")


def settle_tender(line: BankLine, *, tender: str, fee_minor: int = 0, by: Actor, at: datetime) -> TenderSettlement:
    """A line of the statement is what a provider paid for cards, wallets or transfers; what it kept back is a fee.

    tender      CARD, WALLET or TRANSFER
    fee_minor   minor units; the line and the fee together are what had been paid by that tender
    raises      LineUsed, Invalid, and the book's NotThere where less than that was paid by the tender
    source      2.13, FIN-10; issue 7 "Tenders"
    """
    with doing("banking.settle_tender", on=line, by=by, at=at, tender=tender, fee_minor=fee_minor) as deed:
        line = locking.lock(BankLine.objects.select_related("unit"), line.pk)
        if tender not in SETTLED_TENDERS:
            raise Invalid(Sentence(N_("Say which tender it is.")), field="tender")
        if fee_minor < 0:
            raise Invalid(Sentence(N_("A fee is not less than nothing.")), field="fee_minor")
        if line.deposit_id is not None:
            raise LineUsed
        with refusing(banking_tendersettlement_line_id=LineUsed):
            made = TenderSettlement.objects.create(
                unit=line.unit, line=line, tender=tender, gross_minor=line.amount_minor + fee_minor, fee_minor=fee_minor,
                settled_by_id=by.natural_person_id, settled_at=at,
            )  # fmt: skip
        lay = (MoneyKind(tender), "")
        parts = [Part(Movement.BANKING, line.amount_minor, lay, (MoneyKind.BANK, ""))]
        if fee_minor:
            parts.append(Part(Movement.FEE, fee_minor, lay, (MoneyKind.FEES, "")))
        money.post(
            parts, unit=line.unit, currency=line.currency, document=f"LINE-{line.pk}", by=deed.consequence(), at=at
        )
    return made
