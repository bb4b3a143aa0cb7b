"""What the store prints: the slip by which the parts of a job are fetched from the shelves."""

from __future__ import annotations

from django.utils.translation import gettext

from guiju.line.storeroom import queries as storeroom
from guiju.line.storeroom.rules import REQUEST_LABELS, RequestState
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.papers import rules
from guiju.oversight.papers.queries.shared import Print, device, letterhead
from guiju.oversight.papers.wording import unit_word


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
