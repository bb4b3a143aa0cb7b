"""How the stores stand in the navigation, and what their search finds."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guiju.books.stock.models import StockAccount
from guiju.desks.common import desk, find, opening
from guiju.desks.stores.heaps import VERBS
from guiju.kernel.actor import Actor
from guiju.kernel.search import fold
from guiju.line.storeroom import queries as storeroom
from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import MISSING
from guiju.line.workorder.models import WorkOrder
from guiju.readiness.counting.models import StockCount
from guiju.standing.catalogue.models import Part

PAGES = (
    desk.Leaf(_("All part requests"), "stores:request_list", "list"),
    desk.Leaf(_("Missing parts"), "stores:shortages", "alert-triangle"),
    desk.Leaf(_("Stock on hand"), "stores:stock", "stack-2", ("stock.see",)),
    desk.Leaf(_("Pick list"), "stores:picking", "list", ("storeroom.issue",)),
    desk.Leaf(_("What the stock is worth"), "stores:valuation", "coin", ("valuation.see",)),
    desk.Leaf(_("At the shelf"), "stores:shelf", "scan", VERBS),
    desk.Leaf(_("Stock moves"), "stores:moves", "arrows-exchange", ("stock.see",)),
    desk.Leaf(_("Transfers"), "stores:transfers", "truck", ("transfers.see",)),
    desk.Leaf(_("On the way"), "stores:on_the_way", "truck", ("transfers.see",)),
    desk.Leaf(_("Ask another store"), "stores:ask_transfer", "plus", ("transfers.request",)),
    desk.Leaf(_("Parts for our own use"), "stores:requisitions", "tools", ("requisitions.see",)),
    desk.Leaf(_("Ask for parts"), "stores:ask_requisition", "plus", ("requisitions.ask",)),
    desk.Leaf(_("How much to keep"), "stores:levels", "stack-2", ("planning.see",)),
    desk.Leaf(_("Old parts"), "stores:old_parts", "replace"),
    desk.Leaf(_("Counts"), "stores:counts", "clipboard-list", ("counting.see",)),
    desk.Leaf(_("Plan a count"), "stores:count_plan", "plus", ("counting.plan",)),
    desk.Leaf(_("Returns to head office"), "stores:returns", "package-export"),
    desk.Leaf(_("The store itself"), "stores:upkeep", "building-store", ("upkeep.see",)),
    desk.Leaf(_("Controlled stores"), "stores:controlled", "lock", ("custody.see",)),
    desk.Leaf(_("Access log"), "stores:controlled_log", "history", ("custody.see",)),
    desk.Leaf(_("Set up a controlled store"), "stores:controlled_new", "plus", ("custody.set_up_store",)),
    desk.Leaf(_("Store reports"), "stores:reports", "clipboard-list", ("reports.see",)),
    desk.Leaf(_("Deliveries"), "stores:deliveries", "truck", ("supply.receive",)),
    desk.Leaf(_("Receive goods"), "stores:receive", "package-import", ("storeroom.receive_stock",)),
)


def declare() -> None:
    """Register the desk and its finders."""
    desk.register(
        desk.Desk(
            "stores",
            _("Stores"),
            "stores:home",
            "building-store",
            verbs=("storeroom.see",),
            # After the till: who sees both, such as finance, sits there first.
            order=65,
            homes=frozenset({"SK", "PU"}),
            count=waiting,
            pages=PAGES,
        )
    )
    opening.register("stores", at_the_window, order=65)
    find.register(
        find.Finder("part_requests", _("Part requests"), find_requests, verbs=("storeroom.see",), order=40),
        find.Finder("parts", _("Parts"), find_parts, verbs=("stock.see",), order=50),
        find.Finder("counts", _("Counts"), find_counts, verbs=("counting.see",), order=55),
    )


def waiting(actor: Actor) -> QuerySet[PartRequest]:
    """The requests that wait for the keeper."""
    return storeroom.waiting(by=actor)


def at_the_window(actor: Actor, order: WorkOrder) -> str:
    """What the store still owes a job, the oldest first."""
    if not actor.may("storeroom.issue"):
        return ""
    owed = PartRequest.objects.visible_to(actor).filter(order=order, state__in=sorted(MISSING)).order_by("pk").first()
    return reverse("stores:request", args=[owed.number]) if owed is not None else ""


def find_requests(actor: Actor, text: str) -> Iterator[find.Hit]:
    """The request of that number."""
    rows = PartRequest.objects.visible_to(actor).filter(number=text.strip().upper()).select_related("part")
    for asked in rows:
        url = reverse("stores:request", args=[asked.number])
        yield find.Hit(asked.number, url, asked.part.name, "box", asked.state, is_exact=True)


def find_counts(actor: Actor, text: str) -> Iterator[find.Hit]:
    """The count of that number, for its counters at once the shelf."""
    for row in StockCount.objects.visible_to(actor).filter(number=text.strip().upper()).select_related("store"):
        counts = actor.person_id in row.counter_ids and row.is_at_the_shelves
        url = reverse("stores:count_shelf" if counts else "stores:count", args=[row.number])
        yield find.Hit(row.number, url, row.store.name, "clipboard-list", row.state, is_exact=True)


def find_parts(actor: Actor, text: str) -> Iterator[find.Hit]:
    """The parts whose code or name holds this text, and those that lie in the bin of that code."""
    folded = fold(text)
    if not folded:
        return
    lying = StockAccount.objects.visible_to(actor).filter(bin__code__iexact=text.strip(), balance__gt=0)
    wanted = Q(folded__contains=folded) | Q(pk__in=lying.values("part_id"))
    for part in Part.objects.filter(wanted).order_by("code")[: find.HITS_MAX]:
        is_exact = part.code.casefold() == text.strip().casefold()
        yield find.Hit(part.name, reverse("stores:part", args=[part.pk]), part.code, "package", is_exact=is_exact)
