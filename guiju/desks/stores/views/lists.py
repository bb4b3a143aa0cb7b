"""The store's lists: requests for parts, stock on hand, old parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guiju.books.stock.models import StockAccount, StockMove, Store
from guiju.books.stock.rules import PLACE_LABELS, Place
from guiju.desks.common import blind
from guiju.desks.common.asked import Request
from guiju.desks.common.listing import Choice, Column, Days, Kind, Listing, Words, begins, choices_of, show, to
from guiju.desks.common.listing.joined import HangsOn, about_job, all_of, few, jobs_found, order_url
from guiju.kernel import paging
from guiju.kernel.actor import Actor
from guiju.kernel.models import TrailEntry
from guiju.kernel.search import fold
from guiju.line.storeroom.models import OldPart, PartRequest
from guiju.standing.catalogue.models import Part


def _parts_like(text: str) -> QuerySet[Part]:
    """The parts that have this in their number or name; a catalogue is small enough to be read for it."""
    return Part.objects.filter(folded__contains=fold(text)).order_by()


def _about(column: str) -> Callable[[str, Actor], Q]:
    """By the thing's own number, the part, or the job."""

    def holds(text: str, _actor: Actor) -> Q:
        return begins(column, text.upper()) | Q(part__folded__contains=fold(text)) | about_job(text)

    return holds


def _found(rows: QuerySet[Any], column: str) -> Callable[[str, Actor], list[int] | None]:
    def finds(text: str, _actor: Actor) -> list[int] | None:
        own, parts = few(rows.filter(begins(column, text.upper()))), few(_parts_like(text))
        if own is None or parts is None:
            return None
        return all_of(own, few(rows.filter(part__in=parts)), jobs_found(rows, text))

    return finds


_REQUESTS = HangsOn(
    lambda: PartRequest.objects.select_related("part", "order", "requested_by", "bin__store"), "storeroom.see"
)
PART_REQUESTS = Listing(
    slug="part-requests",
    title=_("All part requests"),
    url="stores:request_list",
    verbs=("storeroom.see",),
    rows=_REQUESTS.rows,
    hangs=_REQUESTS,
    begun=_("No job has asked for a part yet."),
    name_of=lambda row: row.number,
    columns=(
        Column("number", _("Request"), "number", Kind.NUMBER, is_whole=True, url=to("stores:request", "number")),
        Column("part", _("Part"), "part.name"),
        Column("code", _("Part number"), "part.code", Kind.NUMBER),
        Column("quantity", _("Quantity"), lambda row: (row.quantity, row.part.base_unit), Kind.QUANTITY),
        Column("state", _("State"), "state", Kind.STATE, machine="request"),
        Column("order", _("Job"), "order.number", Kind.NUMBER, url=lambda row: order_url(row.order)),
        Column("who", _("Who asks"), "requested_by.name", is_default=False),
        Column("answer_by", _("Answer by"), "answer_by", Kind.WHEN, sort="answer_by"),
        Column("need_by", _("Needed by"), "need_by", Kind.DAY, is_default=False),
        Column("bin", _("Bin"), "bin", Kind.NUMBER, is_default=False),
        Column("asked", _("Asked on"), "requested_at", Kind.WHEN, sort="pk", is_default=False),
        Column("issued", _("When issued"), "issued_at", Kind.WHEN, is_default=False),
    ),
    filters=(
        Words("q", _("Request, part or job"), holds=_about("number"), finds=_found(PartRequest.objects.all(), "number"),
              hint=_("Its beginning")),
        Choice("state", _("State"), column="state", options=choices_of("request"), is_indexed=True),
    ),
)  # fmt: skip


_OLD_PARTS = HangsOn(lambda: OldPart.objects.select_related("part", "order", "removed_by"), "storeroom.see")
OLD_PARTS = Listing(
    slug="old-parts",
    title=_("Old parts"),
    url="stores:old_parts",
    verbs=("storeroom.see",),
    rows=_OLD_PARTS.rows,
    hangs=_OLD_PARTS,
    begun=_("No part has been taken out of an appliance yet."),
    name_of=lambda row: row.tag,
    columns=(
        Column("tag", _("Tag"), "tag", Kind.NUMBER, is_whole=True, url=to("stores:old_part", "pk")),
        Column("part", _("Part"), "part.name"),
        Column("code", _("Part number"), "part.code", Kind.NUMBER, is_default=False),
        Column("serial", _("Serial"), "serial", Kind.NUMBER, is_default=False),
        Column("quantity", _("Quantity"), lambda row: (row.quantity, row.part.base_unit), Kind.QUANTITY),
        Column("condition", _("Condition"), "condition", is_default=False),
        Column("outcome", _("What becomes of it"), "outcome", Kind.WORD, machine="old_part"),
        Column("state", _("State"), "state", Kind.STATE, machine="old_part_state"),
        Column("due", _("Due on"), "due_on", Kind.DAY, is_default=False),
        Column("order", _("Job"), "order.number", Kind.NUMBER, url=lambda row: order_url(row.order)),
        Column("removed", _("Removed"), "removed_at", Kind.WHEN, sort="pk"),
        Column("who", _("Who removed it"), "removed_by.name", is_default=False),
    ),
    filters=(
        Words("q", _("Tag, part or job"), holds=_about("tag"), finds=_found(OldPart.objects.all(), "tag"), hint=_("Its beginning")),
        Choice("state", _("State"), column="state", options=choices_of("old_part_state")),
        Choice("outcome", _("What becomes of it"), column="outcome", options=choices_of("old_part"), is_indexed=True),
    ),
)  # fmt: skip


_HELD = StockAccount.objects.filter(
    part=OuterRef("part"), unit=OuterRef("unit"), bin=OuterRef("bin"), kind=Place.HELD.value, balance__gt=0
)


class Lying:
    """What lies on the shelves: along the bins, and passing by what was there once and is gone."""

    def walked(self, actor: Actor) -> QuerySet[StockAccount]:
        """Every part that ever lay in a bin, whether it still does or not; but no bin that this person counts (F10)."""
        rows = StockAccount.objects.visible_to(actor).filter(kind=Place.BIN.value, bin__isnull=False)
        hidden = blind.bins_counted(actor)
        return rows.exclude(bin__in=hidden) if hidden else rows

    def seen(self, _actor: Actor) -> Q:
        """That something of it lies there."""
        return Q(balance__gt=0) | paging.there_is(_HELD)

    def few(self, _actor: Actor) -> None:
        """How many there are is not known beforehand."""

    def rows(self, actor: Actor) -> QuerySet[StockAccount]:
        """What lies there, with what of it is reserved."""
        total = _HELD.order_by().values("bin").annotate(all=Sum("balance")).values("all")
        rows = self.walked(actor).filter(self.seen(actor)).annotate(held=Subquery(total))
        return rows.select_related("part", "bin__store__unit")


def _stores(actor: Actor) -> list[tuple[str, str]]:
    rows = Store.objects.visible_to(actor).select_related("unit").order_by("unit__code", "code")[:300]
    return [(str(store.pk), f"{store.unit.code} {store.code} {store.name}".strip()) for store in rows]


def _on_shelf_found(text: str, _actor: Actor) -> list[int] | None:
    parts = few(_parts_like(text))
    return None if parts is None else few(StockAccount.objects.filter(part__in=parts, kind=Place.BIN.value))


def _on_shelf(text: str, _actor: Actor) -> Q:
    return Q(part__folded__contains=fold(text))


_LYING = Lying()
STOCK = Listing(
    slug="stock",
    title=_("Stock on hand"),
    url="stores:stock",
    verbs=("stock.see",),
    rows=_LYING.rows,
    hangs=_LYING,
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
        Words("q", _("Part"), holds=_on_shelf, finds=_on_shelf_found, hint=_("A piece of its number or name")),
        Choice("store", _("Store"), column="bin__store", options=_stores),
    ),
)  # fmt: skip

# A brand calls its stores alike.
STORES_MAX = 20


class Moved:
    """Every move of the book, seen by whoever sees the stock at one of its two ends."""

    def walked(self, _actor: Actor) -> QuerySet[StockMove]:
        """All of them."""
        return StockMove.objects.select_related("source__part", "source__bin__store", "target__bin__store")

    def seen(self, actor: Actor) -> Q:
        """That one end is in a unit whose stock this person sees; true of all for who sees all, who walks the moves alone as well."""
        scope, told = actor.scope("stock.see"), blind.moves_shown(actor)
        if scope.unit_ids is None:
            return told
        places = StockAccount.objects.filter(scope.q())
        return told & (
            paging.there_is(places.filter(pk=OuterRef("source_id")))
            | paging.there_is(places.filter(pk=OuterRef("target_id")))
        )

    def few(self, actor: Actor) -> list[int] | None:
        """The moves of a unit with few places and few moves."""
        places = few(StockAccount.objects.visible_to(actor))
        return None if places is None else _moves_at(places)

    def rows(self, actor: Actor) -> QuerySet[StockMove]:
        """Those that this person may see."""
        return self.walked(actor).filter(self.seen(actor))


def _moves_at(places: list[int]) -> list[int] | None:
    moves = StockMove.objects.order_by()
    return all_of(few(moves.filter(source__in=places)), few(moves.filter(target__in=places)))


def _of_document(text: str, actor: Actor) -> Q:
    """By a request's number, or by a delivery note, which is booked behind the code of its store."""
    codes = Store.objects.visible_to(actor).order_by("code").values_list("code", flat=True).distinct()[:STORES_MAX]
    wanted = begins("document", text) | begins("document", text.upper())
    for code in codes:
        wanted |= begins("document", f"{code}/{text}")
    return wanted


def _moved(text: str, actor: Actor) -> Q:
    return _of_document(text, actor) | Q(source__part__folded__contains=fold(text))


def _moves_found(text: str, actor: Actor) -> list[int] | None:
    """By the document, else by the part: in the places of the units that one sees."""
    parts = few(_parts_like(text))
    places = None if parts is None else few(StockAccount.objects.visible_to(actor).filter(part__in=parts))
    own = few(StockMove.objects.filter(_of_document(text, actor)))
    return None if places is None or own is None else all_of(own, _moves_at(places))


def _in_store(chosen: str, _actor: Actor) -> Q:
    return Q(source__bin__store=chosen) | Q(target__bin__store=chosen)


def place_said(account: StockAccount) -> str:
    """Where a part was, in words: the bin, the job, or the outside."""
    kind = gettext(PLACE_LABELS[Place(account.kind)])
    detail = account.bin or account.reference
    return f"{kind}: {detail}" if detail else kind


def _shelf_said(account: StockAccount) -> str:
    kind = gettext(PLACE_LABELS[Place(account.kind)])
    return f"{kind}: {account.bin}" if account.bin else kind


def _because_of(row: StockMove) -> str:
    """The job for which it was reserved or issued, at whichever end it is named."""
    return row.target.reference or row.source.reference


def _job_url(row: StockMove) -> str:
    is_of_job = {row.source.kind, row.target.kind} & {Place.HELD.value, Place.FITTED.value}
    if not is_of_job:
        return ""
    because = _because_of(row)
    return reverse("stores:requisition" if because.startswith("RQ-") else "order", args=[because])


def _who(rows: Sequence[StockMove]) -> None:
    """By whose deed each was booked."""
    names = dict(TrailEntry.objects.filter(key__in={row.entry_key for row in rows}).values_list("key", "actor_name"))
    for row in rows:
        row.who = names.get(row.entry_key, "")  # type: ignore[attr-defined]


_MOVED = Moved()
MOVES = Listing(
    slug="stock-moves",
    title=_("Stock moves"),
    url="stores:moves",
    verbs=("stock.see",),
    rows=_MOVED.rows,
    hangs=_MOVED,
    first="-at",
    begun=_("Nothing has moved yet."),
    dressed=_who,
    columns=(
        Column("at", _("When"), "at", Kind.WHEN, sort="at"),
        Column("movement", _("Movement"), "kind", Kind.WORD, machine="movement"),
        Column("part", _("Part"), "source.part.name", is_whole=True, url=to("stores:part", "source.part_id")),
        Column("code", _("Part number"), "source.part.code", Kind.NUMBER, is_default=False),
        Column("quantity", _("Quantity"), lambda row: (row.amount, row.source.part.base_unit), Kind.QUANTITY),
        Column("source", _("From"), lambda row: _shelf_said(row.source)),
        Column("target", _("To"), lambda row: _shelf_said(row.target)),
        Column("job", _("Job"), _because_of, Kind.NUMBER, is_default=False, url=_job_url),
        Column("document", _("Document"), "document"),
        Column("line", _("Line"), "line", Kind.FIGURE, is_default=False),
        Column("reason", _("Reason"), "reason", is_default=False),
        Column("who", _("Who"), "who"),
        Column("undoes", _("Undoes"), "undoes", Kind.NUMBER, is_default=False),
    ),
    filters=(
        Words("q", _("Document or part"), holds=_moved, finds=_moves_found, hint=_("A document's beginning, or a piece of the part")),
        Choice("movement", _("Movement"), column="kind", options=choices_of("movement"), is_indexed=True),
        Choice("store", _("Store"), holds=_in_store, options=_stores),
        Days("at", _("When"), column="at", is_indexed=True),
    ),
)  # fmt: skip

LISTS = (PART_REQUESTS, STOCK, MOVES, OLD_PARTS)


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
def moves(request: Request) -> HttpResponse:
    """Every move of the stock book, with its document, from where to where, and by whose deed."""
    return _page(request, MOVES, "moves")


@require_safe
def old_parts(request: Request) -> HttpResponse:
    """The parts that came out of appliances, and what becomes of them."""
    return _page(request, OLD_PARTS, "old")
