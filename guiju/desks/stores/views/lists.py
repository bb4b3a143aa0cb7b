"""The store's lists: requests for parts, stock on hand, old parts."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.books.stock.models import StockAccount, Store
from guiju.books.stock.rules import Place
from guiju.desks.common.asked import Request
from guiju.desks.common.listing import Choice, Column, Kind, Listing, Words, begins, choices_of, show, to
from guiju.desks.common.listing.joined import of_order, order_url
from guiju.kernel.actor import Actor
from guiju.kernel.search import fold
from guiju.line.storeroom.models import OldPart, PartRequest
from guiju.line.workorder.models import WorkOrder
from guiju.standing.catalogue.models import Part


def _parts_like(text: str) -> QuerySet[Part]:
    """The parts that have this in their number or name; a catalogue is small enough to be read for it."""
    return Part.objects.filter(folded__contains=fold(text)).order_by()


def _about(column: str) -> Callable[[str, Actor], Q]:
    """By the thing's own number, the part, or the job."""

    def holds(text: str, _actor: Actor) -> Q:
        jobs = WorkOrder.objects.filter(begins("number", text.upper())).values("pk")
        return begins(column, text.upper()) | Q(part__in=_parts_like(text).values("pk")) | Q(order__in=jobs)

    return holds


PART_REQUESTS = Listing(
    slug="part-requests",
    title=_("All part requests"),
    url="stores:request_list",
    verbs=("storeroom.see",),
    rows=lambda actor: of_order(
        PartRequest.objects.select_related("part", "order", "requested_by", "bin__store"), actor, "storeroom.see"
    ),
    begun=_("No job has asked for a part yet."),
    name_of=lambda row: row.number,
    columns=(
        Column("number", _("Request"), "number", Kind.NUMBER, is_whole=True, url=to("stores:request", "number")),
        Column("part", _("Part"), "part.name"),
        Column("code", _("Part number"), "part.code", Kind.NUMBER),
        Column("quantity", _("Quantity"), lambda row: (row.quantity, row.part.base_unit), Kind.QUANTITY),
        Column("state", _("State"), "state", Kind.STATE, machine="request"),
        Column("order", _("Job"), "order.number", Kind.NUMBER, url=lambda row: order_url(row.order)),
        Column("who", _("Who asks"), "requested_by.name"),
        Column("answer_by", _("Answer by"), "answer_by", Kind.WHEN, sort="answer_by"),
        Column("need_by", _("Needed by"), "need_by", Kind.DAY, is_default=False),
        Column("bin", _("Bin"), "bin", Kind.NUMBER, is_default=False),
        Column("asked", _("Asked on"), "requested_at", Kind.WHEN, sort="pk"),
        Column("issued", _("Issued"), "issued_at", Kind.WHEN, is_default=False),
    ),
    filters=(
        Words("q", _("Request, part or job"), holds=_about("number"), hint=_("Its beginning")),
        Choice("state", _("State"), column="state", options=choices_of("request")),
    ),
)  # fmt: skip


OLD_PARTS = Listing(
    slug="old-parts",
    title=_("Old parts"),
    url="stores:old_parts",
    verbs=("storeroom.see",),
    rows=lambda actor: of_order(OldPart.objects.select_related("part", "order", "removed_by"), actor, "storeroom.see"),
    begun=_("No part has been taken out of an appliance yet."),
    name_of=lambda row: row.tag,
    columns=(
        Column("tag", _("Tag"), "tag", Kind.NUMBER, is_whole=True),
        Column("part", _("Part"), "part.name"),
        Column("code", _("Part number"), "part.code", Kind.NUMBER),
        Column("serial", _("Serial"), "serial", Kind.NUMBER, is_default=False),
        Column("quantity", _("Quantity"), lambda row: (row.quantity, row.part.base_unit), Kind.QUANTITY),
        Column("condition", _("Condition"), "condition"),
        Column("outcome", _("What becomes of it"), "outcome", Kind.WORD, machine="old_part"),
        Column("order", _("Job"), "order.number", Kind.NUMBER, url=lambda row: order_url(row.order)),
        Column("removed", _("Removed"), "removed_at", Kind.WHEN, sort="pk"),
        Column("who", _("Who removed it"), "removed_by.name"),
    ),
    filters=(
        Words("q", _("Tag, part or job"), holds=_about("tag"), hint=_("Its beginning")),
        Choice("outcome", _("What becomes of it"), column="outcome", options=choices_of("old_part")),
    ),
)  # fmt: skip


def _lying(actor: Actor) -> QuerySet[StockAccount]:
    """What lies on the shelves, with what of it is reserved."""
    held = StockAccount.objects.filter(
        part=OuterRef("part"), unit=OuterRef("unit"), bin=OuterRef("bin"), kind=Place.HELD.value, balance__gt=0
    )
    rows = StockAccount.objects.visible_to(actor).filter(kind=Place.BIN.value, bin__isnull=False)
    total = held.order_by().values("bin").annotate(all=Sum("balance")).values("all")
    rows = rows.filter(Q(balance__gt=0) | Exists(held)).annotate(held=Subquery(total))
    return rows.select_related("part", "bin__store__unit")


def _stores(actor: Actor) -> list[tuple[str, str]]:
    rows = Store.objects.visible_to(actor).select_related("unit").order_by("unit__code", "code")[:300]
    return [(str(store.pk), f"{store.unit.code} {store.code} {store.name}".strip()) for store in rows]


def _on_shelf(text: str, _actor: Actor) -> Q:
    return Q(part__in=_parts_like(text).values("pk"))


STOCK = Listing(
    slug="stock",
    title=_("Stock on hand"),
    url="stores:stock",
    verbs=("stock.see",),
    rows=_lying,
    # Bin by bin, as one walks along the shelves.
    first="bin",
    begun=_("This store is empty."),
    columns=(
        Column("part", _("Part"), "part.name", is_whole=True, url=to("stores:part", "part_id")),
        Column("code", _("Part number"), "part.code", Kind.NUMBER),
        Column("store", _("Store"), lambda row: f"{row.bin.store.unit.code} {row.bin.store.code}", Kind.NUMBER),
        Column("bin", _("Bin"), "bin.code", Kind.NUMBER, sort="bin_id"),
        Column("free", _("Free"), lambda row: (row.balance, row.part.base_unit), Kind.QUANTITY),
        Column("reserved", _("Reserved"), lambda row: (row.held or 0, row.part.base_unit), Kind.QUANTITY),
        Column("all", _("In the bin"), lambda row: (row.balance + (row.held or 0), row.part.base_unit), Kind.QUANTITY),
    ),
    filters=(
        Words("q", _("Part"), holds=_on_shelf, hint=_("A piece of its number or name")),
        Choice("store", _("Store"), column="bin__store", options=_stores),
    ),
)  # fmt: skip

LISTS = (PART_REQUESTS, STOCK, OLD_PARTS)


def _page(request: Request, listing: Listing, here: str) -> HttpResponse:
    return show(request, listing, "stores/list.html", here=here)


@require_safe
def part_requests(request: Request) -> HttpResponse:
    """Every request for a part, also those that are over."""
    return _page(request, PART_REQUESTS, "requests")


@require_safe
def stock(request: Request) -> HttpResponse:
    """All that lies in the stores, by part and bin."""
    return _page(request, STOCK, "stock")


@require_safe
def old_parts(request: Request) -> HttpResponse:
    """The parts that came out of appliances, and what becomes of them."""
    return _page(request, OLD_PARTS, "old")
