"""The papers of cash on its way, gathered from their rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext

from guiju.kernel.amounts import Money
from guiju.line.banking import queries as banking
from guiju.line.banking.models import BankDeposit, BankLine, PettyBox, SafeBag
from guiju.line.banking.queries import petty
from guiju.line.banking.rules import BATCH_LABELS, DEPOSIT_LABELS, Batch, DepositState
from guiju.oversight.papers import rules
from guiju.oversight.papers.queries.shared import Print, letterhead_of, photo
from guiju.oversight.reports.rules import span
from guiju.standing.people.models import Unit


def slip_record(deposit: BankDeposit, how: Print) -> rules.SlipRecord:
    """The record of what was brought to the bank (6.12)."""
    unit, line = deposit.unit, BankLine.objects.filter(deposit=deposit).first()
    days = dict.fromkeys((deposit.first_on, deposit.last_on))
    return rules.SlipRecord(
        letterhead=letterhead_of(
            unit, deposit.number, how, leads_to=f"{how.base_url}till/bank/deposits/{deposit.number}/", currency=deposit.currency
        ),
        state=gettext(DEPOSIT_LABELS[DepositState(deposit.state)]), batch=gettext(BATCH_LABELS[Batch(deposit.batch)]),
        days=" – ".join(each.isoformat() for each in days), amount_minor=deposit.amount_minor,
        pieces=tuple(_pieces(deposit.pieces, deposit.currency)), bags=tuple(each.seal_number for each in deposit.bags.order_by("pk")),
        till=deposit.session.till.code if deposit.session else None, carried_by=deposit.carried_by.name,
        prepared_at=deposit.prepared_at, escort=deposit.escort.name if deposit.escort else None, due_at=deposit.due_at,
        banked_at=deposit.banked_at, is_late=deposit.is_late, slip_number=deposit.slip_number or None,
        account=f"**** {deposit.account_tail}" if deposit.account_tail else None,
        picture=photo(deposit.photo, gettext("Picture of the slip")) if deposit.photo else None,
        bank_line=" ".join(each for each in (line.reference, line.text) if each) if line else None, bank_on=line.on if line else None,
        confirmed_by=deposit.reconciled_by.name if deposit.reconciled_by else None,
        remark="; ".join(each for each in (deposit.note, deposit.settled_note) if each) or None,
    )  # fmt: skip


def safe_log(unit: Unit, month: date, how: Print) -> rules.SafeLog:
    """What went through the door of the safe in a month, on the outlet's own clock (6.13).

    month   its first day
    """
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    since, until = span(month, after, zone=unit.time_zone)
    bags = SafeBag.objects.with_names().filter(unit=unit)
    moved = [
        *(_through(bag, is_in=True) for bag in bags.filter(put_in_at__gte=since, put_in_at__lt=until)),
        *(_through(bag, is_in=False) for bag in bags.filter(taken_out_at__gte=since, taken_out_at__lt=until)),
    ]
    lying = list(banking.in_the_safe(unit))
    return rules.SafeLog(
        letterhead=letterhead_of(
            unit, f"{unit.code}-{month:%Y%m}", how, leads_to=f"{how.base_url}till/bank/safe-log?month={month:%Y-%m}", currency=unit.currency
        ),
        month=f"{month:%Y-%m}", moved=tuple(sorted(moved, key=lambda each: (each.at, str(each.bag)))),
        lying=tuple(each.seal_number for each in lying), lying_minor=sum(each.amount_minor for each in lying),
    )  # fmt: skip


def petty_book(box: PettyBox, how: Print) -> rules.PettyBook:
    """The book of a petty cash box, the first line first."""
    lines = petty.book_of(box)
    return rules.PettyBook(
        letterhead=letterhead_of(
            box.unit, f"{box.unit.code}-{box.code}", how, leads_to=f"{how.base_url}till/petty/{box.pk}/", currency=box.currency
        ),
        keeper=box.keeper.name, float_minor=box.float_minor, lies_minor=lines[-1].balance_minor if lines else 0,
        lines=tuple(
            rules.PettyLine(
                at=each.at, number=each.number, what=gettext(each.what), reason=each.reason or None, voucher=each.voucher or None,
                who=each.who, in_minor=each.in_minor, out_minor=each.out_minor, balance_minor=each.balance_minor,
            ) for each in lines
        ),
    )  # fmt: skip


def _pieces(kept: Mapping[str, int], currency: str) -> Iterator[rules.Pieces]:
    for worth, count in sorted(kept.items(), key=lambda pair: -int(pair[0])):
        yield rules.Pieces(worth=f"{Money(int(worth), currency).decimal:f}", count=count, sum_minor=int(worth) * count)


def _through(bag: SafeBag, *, is_in: bool) -> rules.ThroughTheDoor:
    """One line of the log; both who stood there signed at the door."""
    opening = bag.put_in if is_in else bag.taken_out
    at = bag.put_in_at if is_in else bag.taken_out_at
    if opening is None or at is None:
        raise ValueError(bag.number)
    said = [] if is_in else [bag.incident_note, bag.settled_note]
    return rules.ThroughTheDoor(
        at=at, direction=gettext("Into the safe") if is_in else gettext("Out of the safe"), bag=bag.seal_number,
        amount_minor=bag.amount_minor,
        first=opening.first_by.name if opening.first_by else "—", second=opening.second_by.name if opening.second_by else "—",
        seal_ok=is_in or not bag.incident_note, camera_ok=bool(opening.camera_ok),
        duty_officer=bag.duty.officer.name if is_in and bag.duty else None, remark="; ".join(each for each in said if each) or None,
    )  # fmt: skip
