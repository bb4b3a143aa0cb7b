"""How the till stands in the navigation, and what its search finds."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import desk, find, opening
from guiju.kernel.actor import Actor
from guiju.line.cashier import queries
from guiju.line.cashier.models import Bill
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import Billing, State


def declare() -> None:
    """Register the desk and its finders."""
    desk.register(
        desk.Desk(
            "till",
            _("Till"),
            "till:home",
            "cash",
            verbs=("cashier.see",),
            order=60,
            homes=frozenset({"CA", "FI"}),
            count=ready,
            pages=(
                desk.Leaf(_("All bills"), "till:bills", "file-invoice"),
                desk.Leaf(_("All receipts"), "till:receipts", "receipt"),
                desk.Leaf(_("My PIN for the till"), "own_pin", "id-badge", ("people.set_pin",)),
                desk.Leaf(_("Receipts printed again"), "till:printings", "printer"),
                desk.Leaf(_("All quotes"), "till:quotes", "file-text", ("workshop.see",)),
                desk.Leaf(_("Credit accounts"), "till:credit", "users"),
                desk.Leaf(_("What customers owe"), "till:debts", "users"),
                desk.Leaf(_("Close the till"), "till:close", "lock", ("cashier.close_till_session",)),
                desk.Leaf(_("For the accounts"), "till:books", "download", ("money.see",)),
                desk.Leaf(_("Daily cash reports"), "till:days", "clipboard-list", ("cashdays.see",)),
                desk.Leaf(_("Takings to the bank"), "till:bank", "cash", ("banking.see",)),
                desk.Leaf(_("Prepare the deposit"), "till:prepare_deposit", "cash", ("banking.prepare",)),
                desk.Leaf(_("Pack a bag"), "till:pack_bag", "lock", ("banking.seal_bag",)),
                desk.Leaf(_("Pouches"), "till:pouches", "cash", ("banking.see",)),
                desk.Leaf(_("Petty cash"), "till:petty", "cash", ("banking.see", "banking.spend_petty")),
                desk.Leaf(_("Where the money is"), "till:where", "map-pin", ("banking.see",)),
                desk.Leaf(_("Statement of the bank"), "till:bank_statement", "file-text", ("banking.bring_statement",)),
                desk.Leaf(_("Safe log"), "till:bags", "history", ("banking.see",)),
                desk.Leaf(_("All deposits"), "till:bank_deposits", "receipt", ("banking.see",)),
                desk.Leaf(_("Drawers"), "till:drawers", "cash", ("drawers.see",)),
            ),
        ),
    )
    opening.register("till", at_the_till, order=60)
    find.register(
        find.Finder("receipts", _("Receipts"), find_receipts, verbs=("cashier.see",), order=60),
        find.Finder("bills", _("Bills"), find_bills, verbs=("cashier.see",), order=61),
    )


def at_the_till(actor: Actor, order: WorkOrder) -> str:
    """The bill of a job, or its hand-over once it is settled, for those who take money."""
    if not actor.may("cashier.take_payment", on=order):
        return ""
    # Nothing is left to pay: the next scan is the customer's half.
    is_settled = order.state == State.READY and order.billing in {Billing.PAID, Billing.ON_CREDIT}
    return reverse("till:hand_over" if is_settled else "till:job", args=[order.number])


def ready(actor: Actor) -> QuerySet[WorkOrder]:
    """The appliances that stand ready to be paid and collected."""
    return queries.ready_orders(by=actor) if actor.may("cashier.take_payment") else WorkOrder.objects.none()


def find_receipts(actor: Actor, text: str) -> Iterator[find.Hit]:
    """The receipt of that number."""
    for payment in queries.payments(by=actor).filter(receipt_number=text.strip().upper()):
        url = reverse("till:receipt", args=[payment.receipt_number])
        yield find.Hit(payment.receipt_number, url, payment.bill.order.number, "receipt", is_exact=True)


def find_bills(actor: Actor, text: str) -> Iterator[find.Hit]:
    """The bill of that number."""
    scope = actor.scope("cashier.see")
    rows = Bill.objects.filter(scope.q(unit="order__unit_id"), number=text.strip().upper()).select_related("order")
    for bill in rows:
        url = reverse("till:job", args=[bill.order.number])
        yield find.Hit(bill.number, url, bill.order.number, "file-invoice", is_exact=True)
