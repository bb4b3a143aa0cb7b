"""Wallets: asked at the counter, paid, cancelled, and paid all the same; told twice, and once is once."""

from __future__ import annotations

from guiju.books.money.rules import MoneyKind
from guiju.kernel.actor import Actor
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import Payment, WalletRequest
from guiju.line.cashier.rules.wallets import Answer, Told, Wallet
from tests.books.stock.walking import Dice
from tests.line.banking.walking.holding import AMOUNTS, Holding, Taken

Late = tuple[int, WalletRequest]


class Wallets(Holding):
    """Two providers, whose words come when they come."""

    def __init__(self) -> None:
        super().__init__()
        # Those that were cancelled, and those whose money came all the same and waits; each with its bill.
        self.cancelled: list[Late] = []
        self.late: list[Late] = []

    def ask_wallet(self, dice: Dice) -> None:
        at, minor = dice.of(range(len(self.bills))), dice.of(AMOUNTS)
        said = {"amount_minor": minor, "wallet": dice.of(sorted(Wallet))}
        possible = at not in self.waiting and minor <= self.left[at]
        request = self.attempt(possible, lambda: cashier.ask_wallet(self.bills[at], **said, **self.who()))
        if request is not None:
            self.waiting[at] = request

    def wallet_pays(self, dice: Dice) -> None:
        if self.waiting:
            at = dice.of(sorted(self.waiting))
            self._receive(at, self.waiting[at])

    def cancel_wallet(self, dice: Dice) -> None:
        if self.waiting:
            at = dice.of(sorted(self.waiting))
            self.cancelled.append((at, cashier.cancel_wallet(self.waiting.pop(at), **self.who())))

    def wallet_pays_late(self, dice: Dice) -> None:
        if not self.cancelled:
            return
        at, request = self.cancelled.pop(dice.of(range(len(self.cancelled))))
        self.carry(MoneyKind.DEPOSIT_HELD, MoneyKind.WALLET, request.amount_minor)
        if at in self.waiting or request.amount_minor > self.left[at]:
            self._tell(request)
            self.late.append((at, request))
        else:
            self._receive(at, request, held=True)

    def match_wallet(self, dice: Dice) -> None:
        if not self.late:
            return
        at, request = dice.of(self.late)
        possible = at not in self.waiting and request.amount_minor <= self.left[at]
        if self.attempt(possible, lambda: cashier.match_wallet(request, **self.who())) is not None:
            self.late.remove((at, request))
            self._paid(at, request, held=True)

    def return_wallet(self, dice: Dice) -> None:
        if self.late:
            _at, request = self.late.pop(dice.of(range(len(self.late))))
            cashier.return_wallet(request, **self.who("fang"))
            self.carry(MoneyKind.WALLET, MoneyKind.DEPOSIT_HELD, request.amount_minor)

    def _receive(self, at: int, request: WalletRequest, *, held: bool = False) -> None:
        self.waiting.pop(at, None)
        self._tell(request)
        self._paid(at, request, held=held)

    def _tell(self, request: WalletRequest) -> None:
        """The provider's word, and the same once more."""
        told = Told(Answer.PAID, amount_minor=request.amount_minor, currency="CNY", reference=f"W-{request.number}")
        for _ in range(2):
            cashier.receive_wallet(request, told, by=Actor.system("wallets"), at=self.shop.later(seconds=2))

    def _paid(self, at: int, request: WalletRequest, *, held: bool) -> None:
        payment = Payment.objects.get(wallet_request=request)
        self.paid.append(Taken(payment, at))
        self.left[at] -= request.amount_minor
        self.carry(
            MoneyKind.OWED_BY_CUSTOMER, MoneyKind.DEPOSIT_HELD if held else MoneyKind.WALLET, request.amount_minor
        )
        if payment.session_id is not None:
            self.taken_by_wallet += request.amount_minor
