"""What was ordered from whom, and how much of it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from guiju.kernel.constraints import Never
from guiju.readiness.supply.models.requests import RequestLine
from guiju.readiness.supply.models.sourcing import Sourcing
from guiju.readiness.supply.models.suppliers import Supplier
from guiju.readiness.supply.rules import HANDS, UNDER_WAY, WHOLE, OrderState
from guiju.standing.catalogue.models import Part
from guiju.standing.people.models import Person, Unit

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor

_ASKED_OF = (
    "SELECT 1 FROM supply_orderline l JOIN supply_requestline r ON r.id = l.line_id"
    " WHERE l.order_id = NEW.id AND r.asked_by_id = NEW.approved_by_id AND NEW.people_min = 5"
)
_REQUEST = (
    "SELECT 1 FROM supply_requestline r JOIN supply_purchaserequest p ON p.id = r.request_id"
    " JOIN supply_purchaseorder o ON o.id = NEW.order_id WHERE r.id = NEW.line_id"
)


class PurchaseOrders(models.QuerySet["PurchaseOrder"]):
    """Questions about purchase orders."""

    def visible_to(self, by: Actor) -> PurchaseOrders:
        """Those of one's units, and those that deliver something there."""
        scope = by.scope("supply.see")
        here = OrderLine.objects.filter(scope.q()).values("order_id")
        return self.filter(scope.q() | Q(pk__in=here))


class PurchaseOrder(models.Model):
    """What one supplier shall deliver, to one store or to many (3.8).

    unit             the buyer's
    approved_minor   what the requests behind it were approved for; `total_minor` is at most that and the tolerance (PUR-1)
    tolerance        of the sum, in ten-thousandths, as it was on the day of the order
    expected_on      the day that the supplier confirmed
    people_min       the most that any request behind it asks for (5.4)
    agreed           with whom at the supplier a cancellation after sending was agreed
    """

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    sourcing = models.ForeignKey(Sourcing, models.PROTECT, related_name="orders")
    currency = models.CharField(max_length=3)
    total_minor = models.PositiveBigIntegerField()
    approved_minor = models.PositiveBigIntegerField()
    tolerance = models.PositiveIntegerField(default=0)
    terms = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=14, default=OrderState.DRAFT.value)
    buyer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    expected_on = models.DateField(null=True)
    appointed_at = models.DateTimeField(null=True)
    carrier = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=400, blank=True)
    agreed = models.CharField(max_length=200, blank=True)
    people_min = models.PositiveSmallIntegerField(default=HANDS)

    objects = PurchaseOrders.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["state", "id"], name="purchase_order_by_state"),
            models.Index(fields=["supplier", "id"], name="purchase_order_of_supplier"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in OrderState]),
                name="a_purchase_order_is_in_a_known_state",
            ),
            models.CheckConstraint(
                condition=Q(total_minor__lte=F("approved_minor") + F("approved_minor") * F("tolerance") / WHOLE),
                name="no_more_is_ordered_than_was_approved",
            ),
            models.UniqueConstraint(
                fields=["sourcing"],
                condition=~Q(state=OrderState.CANCELLED.value),
                name="an_award_becomes_one_order",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[OrderState.DRAFT.value, OrderState.CANCELLED.value])
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="an_order_is_approved_before_it_is_sent",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("buyer")) | Q(people_min__lt=HANDS),
                name="an_order_is_approved_by_another_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(state.value for state in UNDER_WAY)) | Q(expected_on__isnull=False),
                name="a_confirmed_order_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[OrderState.CANCELLED.value, OrderState.SHORT_CLOSED.value])
                | (Q(ended_at__isnull=False) & ~Q(said="")),
                name="an_order_that_ended_early_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.CANCELLED.value) | Q(sent_at__isnull=True) | ~Q(agreed=""),
                name="a_sent_order_is_cancelled_with_the_supplier",
            ),
            Never(
                name="an_order_is_by_as_many_as_its_requests_ask_for",
                when="EXISTS (SELECT 1 FROM supply_orderline l JOIN supply_requestline r ON r.id = l.line_id"
                " JOIN supply_purchaserequest p ON p.id = r.request_id"
                " WHERE l.order_id = NEW.id AND p.people_min > NEW.people_min)",
                events=("UPDATE",),
            ),
            Never(
                name="whoever_asked_does_not_approve_the_order",
                when=f"NEW.approved_by_id IS NOT NULL AND EXISTS ({_ASKED_OF})",
                events=("UPDATE",),
            ),
            Never(
                name="an_order_goes_to_whoever_won",
                when="NEW.supplier_id <> (SELECT q.supplier_id FROM supply_sourcing s"
                " JOIN supply_supplierquote q ON q.id = s.awarded_to_id WHERE s.id = NEW.sourcing_id)",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """One approved line as it was ordered: for which unit, how many, at the price that won.

    most           so many may come: the quantity, and the tolerance of the day of the order
    delivered      what has come so far; `accepted` and `rejected` of it are inspected
    billed         on matched invoices: never more than was accepted (PUR-4)
    ended_at       nothing more of it will come by this order: cancelled, or closed short
    """

    order = models.ForeignKey(PurchaseOrder, models.PROTECT, related_name="lines")
    line = models.ForeignKey(RequestLine, models.PROTECT, related_name="bought")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=200, blank=True)
    quantity = models.PositiveIntegerField()
    most = models.PositiveIntegerField()
    price_minor = models.PositiveBigIntegerField()
    delivered = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    billed = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["part", "id"], name="order_line_of_part")]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, price_minor__gt=0), name="an_order_line_orders_something"
            ),
            models.CheckConstraint(condition=Q(most__gte=F("quantity")), name="what_was_ordered_may_come"),
            models.UniqueConstraint(
                fields=["line"], condition=Q(ended_at__isnull=True), name="an_approved_line_is_bought_once"
            ),
            models.CheckConstraint(
                condition=Q(delivered__lte=F("most") + F("rejected")), name="no_more_comes_than_was_ordered"
            ),
            models.CheckConstraint(
                condition=Q(delivered__gte=F("accepted") + F("rejected")), name="what_is_inspected_has_come"
            ),
            models.CheckConstraint(condition=Q(billed__lte=F("accepted")), name="no_more_is_paid_than_was_accepted"),
            Never(
                name="the_buyer_neither_asks_nor_approves",
                when=f"EXISTS ({_REQUEST} AND p.people_min = 5"
                " AND o.buyer_id IN (r.asked_by_id, p.requested_by_id, p.decided_by_id))",
            ),
            Never(
                name="only_the_central_buyer_buys_central_parts",
                when="EXISTS (SELECT 1 FROM supply_centralpart c WHERE c.part_id = NEW.part_id AND c.ended_at IS NULL)"
                " AND EXISTS (SELECT 1 FROM supply_purchaseorder o JOIN people_unit u ON u.id = o.unit_id"
                " WHERE o.id = NEW.order_id AND u.parent_id IS NOT NULL)",
                events=("INSERT",),
            ),
            Never(
                name="a_line_is_bought_at_the_price_that_won",
                when="NEW.price_minor <> coalesce((SELECT ql.price_minor FROM supply_quoteline ql"
                " JOIN supply_sourcing s ON s.awarded_to_id = ql.quote_id"
                " JOIN supply_purchaseorder o ON o.sourcing_id = s.id"
                " WHERE o.id = NEW.order_id AND ql.line_id = NEW.line_id), -1)",
            ),
            Never(
                name="an_order_line_is_what_was_approved",
                when="EXISTS (SELECT 1 FROM supply_requestline r JOIN supply_purchaserequest p ON p.id = r.request_id"
                " WHERE r.id = NEW.line_id AND (NEW.quantity > r.quantity OR NEW.unit_id <> p.unit_id"
                " OR coalesce(NEW.part_id, 0) <> coalesce(r.part_id, 0) OR p.state <> 'AWARDED'))",
                events=("INSERT",),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order.number} {self.name}"

    @property
    def name(self) -> str:
        """What it is."""
        return self.part.code if self.part is not None else self.words

    @property
    def amount_minor(self) -> int:
        """What all of it costs."""
        return self.quantity * self.price_minor

    @property
    def outstanding(self) -> int:
        """How many are still to come; none of an ended line."""
        return max(0, self.quantity - self.delivered + self.rejected) if self.ended_at is None else 0
