"""What every paper of an order says: the head, the customer, the appliance, who signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.utils.translation import gettext
from PIL import Image

from guiju.kernel import evidence
from guiju.kernel.models import Evidence
from guiju.line.cashier.models import Printing
from guiju.line.intake import queries as intake
from guiju.line.workorder import queries as orders
from guiju.line.workorder.models import WorkOrder
from guiju.oversight.papers import rules
from guiju.standing.customers import rules as telephone
from guiju.standing.people.models import Unit
from guiju.standing.policy import queries as policy

PHOTO_POINTS_MAX = 640
"""Of a photo on a paper: 34 mm wide at 300 dots per inch are 400; more would only make the file heavy."""


@dataclass(frozen=True)
class Print:
    """What a print needs beside the order: where the QR leads, who prints, when.

    is_filed   it goes into a file for others than the customer: no code on it opens the customer's page
    printing   the print of a receipt that was written down; without one it is a copy to read, and says so
    """

    base_url: str
    printed_by: str
    at: datetime
    is_filed: bool = False
    printing: Printing | None = None


def letterhead(
    order: WorkOrder, number: str, how: Print, *, version: str | None = None, stays_here: bool = False
) -> rules.Letterhead:
    """The head and foot of a paper of this order.

    stays_here   it stands on the appliance or in our files: its code finds the job for whoever is signed in, and never opens the
                 customer's page, from which the claim could be proved
    """
    return letterhead_of(
        order.unit,
        number,
        how,
        leads_to=f"{how.base_url}find?q={order.number}" if stays_here or how.is_filed else track_address(order, how),
        currency=order.currency,
        version=version or (order.price_list.number if order.price_list else None),
    )


def letterhead_of(
    unit: Unit, number: str, how: Print, *, leads_to: str, currency: str, version: str | None = None
) -> rules.Letterhead:
    """The head and foot of a paper of this outlet.

    leads_to   the address in the code
    """
    return rules.Letterhead(
        brand_name=_house(unit).name,
        outlet_name=unit.name,
        licence_number=unit.licence_no,
        number=number,
        status_url=leads_to,
        time_zone=unit.time_zone,
        currency=currency,
        printed_at=how.at,
        printed_by=how.printed_by,
        version=version,
        outlet_address=unit.address or None,
        outlet_phone=unit.phone or None,
        outlet_hours=unit.hours or None,
        complaint_phone=unit.phone or None,
    )


def _house(unit: Unit) -> Unit:
    """Whose paper it is: the brand at the top of the tree, not the region between."""
    while unit.parent is not None:
        unit = unit.parent
    return unit


def track_address(order: WorkOrder, how: Print) -> str:
    """The customer's page."""
    return f"{how.base_url}t/{orders.track_token(order)}"


def customer(order: WorkOrder) -> rules.Customer:
    """Who brought it, with the first telephone number and the first address."""
    phone, address = order.customer.phones.first(), order.customer.addresses.first()
    return rules.Customer(
        name=order.customer.name,
        # As it is dialled at home, and so masked as on every page: with its country in front it would be another number.
        phone=telephone.at_home(phone.e164) if phone else "",
        address=str(address) if address else None,
    )


def device(order: WorkOrder) -> rules.Device:
    """What was brought."""
    appliance = order.appliance
    return rules.Device(
        name=appliance.line.name,
        brand=appliance.brand.name,
        product_line=appliance.line.name,
        model=appliance.model.code if appliance.model else None,
        serial_number=appliance.serial,
    )


def accessories(order: WorkOrder) -> tuple[rules.Accessory, ...]:
    """What was handed in with it."""
    return tuple(rules.Accessory(name=each.name, quantity=each.quantity) for each in intake.accessories_of(order))


def signature(name: str, method: str, at: datetime) -> rules.Signature:
    """Who agreed, how and when."""
    return rules.Signature(signed_by=name, method=method, signed_at=at)


def unclaimed_notice(unit: Unit, *, at: datetime) -> str:
    """What follows when nobody collects, with the figures that hold there that day (3.6)."""
    keys = ("unclaimed.notice2_days", "unclaimed.demand_after_days", "unclaimed.demand_days")
    days = {key: figure.value for key, figure in policy.figures(keys, unit=unit, on=unit.day(at)).items()}
    return gettext(
        "We remind you in writing %(reminder)s days after the device is ready, and demand formally after %(demand)s days. "
        "If it is not collected within %(days)s days of that demand, we may sell it as the law allows; the surplus is yours."
    ) % {
        "reminder": days["unclaimed.notice2_days"],
        "demand": days["unclaimed.demand_after_days"],
        "days": days["unclaimed.demand_days"],
    }


def photo(kept: Evidence, caption: str) -> rules.Photo | None:
    """A photo that was kept, small enough to print; None when its file is gone, which `guiju verify` reports."""
    try:
        with evidence.open_file(kept) as file, Image.open(file) as picture:
            picture.thumbnail((PHOTO_POINTS_MAX, PHOTO_POINTS_MAX))
            written = BytesIO()
            picture.convert("RGB").save(written, "JPEG", quality=80)
    except FileNotFoundError:
        return None
    return rules.Photo(image=written.getvalue(), caption=caption)
