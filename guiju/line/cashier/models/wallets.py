"""What is asked of a wallet's provider: that a customer pays, and that money goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from guiju.kernel.constraints import Never
from guiju.line.cashier.models.bills import Bill, Refund
from guiju.line.cashier.models.tills import TillSession
from guiju.line.cashier.models.voids import Void
from guiju.line.cashier.rules.wallets import Asked, Back, Wallet
from guiju.standing.people.models import Person

if TYPE_CHECKING:
    from guiju.kernel.actor import Actor

_FIXED = " OR ".join(
    f"NEW.{each} <> OLD.{each}" for each in ("number", "bill_id", "wallet", "amount_minor", "currency")
)


class WalletRequests(models.QuerySet["WalletRequest"]):
    """Questions about requests."""

    def visible_to(self, by: Actor) -> WalletRequests:
        """Those of the outlets whose till this person may see."""
        return self.filter(by.scope("cashier.see").q(unit="bill__order__unit"))


class WalletRequest(models.Model):
    """A customer is asked to pay so much by a wallet; there is a payment, with its receipt, only once the wallet has paid.

    number      what the provider calls the order, too: asked again with it, nothing is asked twice
    payer_code  what was scanned from the customer's telephone; gone as soon as the provider has it
    code        what the customer scans from our display
    reference   the provider's own number of the payment
    next_at     when the provider is asked again; None when there is nothing left to ask
    """

    number = models.CharField(max_length=40, unique=True)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="+")
    session = models.ForeignKey(TillSession, models.PROTECT, null=True, related_name="+")
    wallet = models.CharField(max_length=8)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    is_scanned = models.BooleanField(default=False)
    payer_code = models.CharField(max_length=32, blank=True)
    code = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=8, default=Asked.PENDING)
    reference = models.CharField(max_length=60, blank=True)
    says = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    good_until = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)

    objects = WalletRequests.as_manager()

    class Meta:
        indexes = [models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="wallet_to_be_asked")]
        constraints = [
            models.UniqueConstraint(
                fields=["bill"], condition=Q(state="PENDING"), name="a_bill_waits_for_one_wallet_payment"
            ),
            models.UniqueConstraint(
                fields=["wallet", "reference"], condition=~Q(reference=""), name="a_payment_of_a_wallet_answers_one_request"
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_wallet_is_asked_for_something"),
            models.CheckConstraint(
                condition=Q(wallet__in=sorted(each.value for each in Wallet)), name="a_known_wallet_is_asked"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["PENDING", "CLOSED", "FAILED"], paid_at__isnull=True, reference="")
                | Q(state__in=["PAID", "LATE", "RETURNED"], paid_at__isnull=False) & ~Q(reference=""),
                name="what_a_wallet_paid_has_its_number",
            ),
            models.CheckConstraint(
                condition=Q(payer_code="") | Q(state="PENDING", is_scanned=True), name="a_payers_code_is_not_kept"
            ),
            Never(name="what_a_wallet_was_asked_never_changes", when=_FIXED, events=["UPDATE"]),
            Never(
                name="what_a_wallet_paid_is_never_forgotten",
                when="OLD.state <> NEW.state AND NOT (OLD.state = 'PENDING' AND NEW.state IN ('PAID', 'CLOSED', 'FAILED', 'LATE')"
                " OR OLD.state IN ('CLOSED', 'FAILED') AND NEW.state = 'LATE'"
                " OR OLD.state = 'LATE' AND NEW.state IN ('PAID', 'RETURNED'))",
                events=["UPDATE"],
            ),
            Never(name="a_wallet_request_is_never_erased", when="OLD.state <> ''", events=["DELETE"]),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def unit_id(self) -> int:
        """The outlet whose bill it is."""
        return self.bill.unit_id

    def belongs_to(self, by: Actor) -> bool:
        """To whoever asked."""
        return by.person_id == self.asked_by_id


class WalletReturn(models.Model):
    """So much goes back to the customer's wallet: because of a refund, of a void, or because it came too late.

    number   what the provider calls it, too: asked again with it, nothing goes back twice
    """

    number = models.CharField(max_length=40, unique=True)
    request = models.ForeignKey(WalletRequest, models.PROTECT, related_name="returns")
    refund = models.OneToOneField(Refund, models.PROTECT, null=True, related_name="by_wallet")
    void = models.OneToOneField(Void, models.PROTECT, null=True, related_name="by_wallet")
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=8, default=Back.WAITING)
    reference = models.CharField(max_length=60, blank=True)
    says = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="wallet_to_give_back")]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_wallet_gives_back_something"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(each.value for each in Back)), name="what_goes_back_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(refund__isnull=True) | Q(void__isnull=True), name="a_wallet_gives_back_for_one_reason"
            ),
            Never(
                name="a_wallet_gives_back_no_more_than_it_paid",
                when="NEW.amount_minor + COALESCE((SELECT SUM(r.amount_minor) FROM cashier_walletreturn r"
                " WHERE r.request_id = NEW.request_id), 0)"
                " > (SELECT w.amount_minor FROM cashier_walletrequest w WHERE w.id = NEW.request_id AND w.paid_at IS NOT NULL)",
                events=["INSERT"],
            ),
            Never(
                name="what_goes_back_by_a_wallet_never_changes",
                when="NEW.amount_minor <> OLD.amount_minor OR NEW.request_id <> OLD.request_id OR NEW.number <> OLD.number"
                " OR (OLD.state = 'DONE' AND NEW.state <> 'DONE')",
                events=["UPDATE"],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def unit_id(self) -> int:
        """The outlet whose bill it was."""
        return self.request.unit_id

    def belongs_to(self, by: Actor) -> bool:
        """To whoever asked."""
        return by.person_id == self.asked_by_id
