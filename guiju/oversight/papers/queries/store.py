"""What the store prints: the slip by which the parts of a job are fetched from the shelves, and the sheet of a count."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext, override

from guiju.line.storeroom import queries as storeroom
from guiju.line.storeroom.rules import REQUEST_LABELS, RequestState
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.papers import rules
from guiju.oversight.papers.press import LanguageNotOffered, print_pdf
from guiju.oversight.papers.queries.shared import Print, device, letterhead, letterhead_of
from guiju.oversight.papers.wording import unit_word
from guiju.readiness.counting import queries as counting
from guiju.readiness.counting.models import StockCount
from guiju.readiness.counting.rules import CAUSE_LABELS, COUNT_LABELS, KIND_LABELS, Cause, CountKind, CountState


def pick_slip(order: WorkOrder, how: Print) -> rules.PickSlip | None:
    """What the job still waits for from the store, bin by bin; each code opens the request at the store's desk (S6-17)."""
    missing = storeroom.missing_parts(order)
    if not missing:
        return None
    return rules.PickSlip(
        letterhead=letterhead(order, order.number, how, stays_here=True),
        work_order_number=order.number,
        device=device(order),
        technician=order.technician.name if order.technician else None,
        promised_ready_at=order.promised_at,
        picks=tuple(
            rules.Pick(
                request_number=asked.number,
                page_url=f"{how.base_url}stores/requests/{asked.number}/",
                name=asked.part.name,
                part_number=asked.part.code,
                quantity=asked.quantity,
                unit=unit_word(asked.part.base_unit),
                state=gettext(REQUEST_LABELS[RequestState(asked.state)]),
                bin_code=str(asked.bin) if asked.bin else None,
                need_by_on=asked.need_by,
                requested_by=asked.requested_by.name,
            )
            for asked in sorted(missing, key=lambda each: (str(each.bin or "~"), each.pk))
        ),
    )


def count_sheet(count: StockCount, *, language: str, base_url: str, printed_by: str, at: datetime) -> bytes | None:
    """The sheet of a count as PDF; None in a language in which nothing is printed.

    Its figures come from `counting.lines_of`, which has none while the count is blind.
    """
    page = f"{base_url}stores/counts/{count.number}/shelf/"
    try:
        with override(language):
            return print_pdf(_sheet(count, page, Print(base_url, printed_by, at)), language)
    except LanguageNotOffered:
        return None


def _sheet(count: StockCount, page: str, how: Print) -> rules.CountSheet:
    worth = counting.worth_of(count)
    signed = list(count.approvals.filter(round=count.round).select_related("person").order_by("pk")) if worth else []
    counters = [count.first_counter.name, count.second_counter.name]
    return rules.CountSheet(
        letterhead=letterhead_of(count.unit, count.number, how, leads_to=page, currency=count.unit.currency),
        page_url=page,
        kind=gettext(KIND_LABELS[CountKind(count.kind)]),
        state=gettext(COUNT_LABELS[CountState(count.state)]),
        store=f"{count.store.code} {count.store.name}".strip(),
        counters=", ".join([*counters, count.recounter.name] if count.recounter else counters),
        keeper=count.keeper.name,
        is_blind=worth is None,
        planned_on=count.planned_on,
        frozen_at=count.frozen_at,
        rows=tuple(_row(line) for line in counting.lines_of(count)),
        loss_minor=worth.loss_minor if worth else None,
        found_minor=worth.found_minor if worth else None,
        approved_by=", ".join(each.person.name for each in signed) or None,
        approved_at=signed[-1].at if signed else None,
    )


def _row(line: counting.Line) -> rules.SheetRow:
    return rules.SheetRow(
        bin_code=line.bin.code,
        name=line.part.name,
        part_number=line.part.code,
        unit=unit_word(line.part.base_unit),
        counted=line.counted,
        expected=line.expected,
        difference=line.difference,
        worth_minor=line.worth_minor if line.difference else None,
        cause=gettext(CAUSE_LABELS[Cause(line.cause)]) if line.cause else None,
        accountable=line.accountable or None,
    )
