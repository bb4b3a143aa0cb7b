"""Requests to wallets at each stage: one that waits, one that was paid too late, and one whose provider refuses to give it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from guiju.line.cashier import actions as cashier
from guiju.line.cashier.actions import wallet_errands as errands
from guiju.line.cashier.models import WalletRequest
from guiju.line.cashier.rules.wallets import Answer, Told

if TYPE_CHECKING:
    from tests.access.scene import Scene

CENTS = 100


def stand(scene: Scene) -> dict[str, Any]:
    """One at each stage, made once; of bills that are paid, so that nobody's payment is held up."""
    made: dict[str, Any] = scene.__dict__.setdefault("wallets", {})
    if not made:
        then = timezone.now() - timedelta(minutes=1)
        for number, stage in enumerate(("waiting", "late", "refused")):
            made[stage] = _asked(scene, number)
            if stage != "waiting":
                told = Told(Answer.PAID, made[stage].number, f"{scene.word}{number}", CENTS, "CNY")
                made[stage] = cashier.receive_wallet(made[stage], told, by=errands.by_the_wallets(), at=then)
        cashier.return_wallet(made["refused"], by=scene.shop.actor("fang"), at=then)
        back = made["refused"].returns.get()
        # As the provider answers it.
        errand = errands.Errand(made["refused"], None, back)  # type: ignore[arg-type]
        errands.record(errand, Told(Answer.FAILED, back.number, says="NOT_ENOUGH"), at=then)
        made["back"] = back
    return made


def _asked(scene: Scene, number: int) -> WalletRequest:
    bill, now = scene.bill("paid"), timezone.now()
    return WalletRequest.objects.create(
        number=f"WP-{scene.word}-{number}", bill=bill, wallet="WECHAT", amount_minor=CENTS, currency=bill.currency,
        asked_by=scene.shop.cast.people["cai"], asked_at=now, good_until=now + timedelta(days=1),
        state="CLOSED" if number else "PENDING",
    )  # fmt: skip


def number(scene: Scene, at: str = "") -> str:
    """The request at that stage; the one that waits, if none is named."""
    return str(stand(scene).get(at, stand(scene)["waiting"]).number)


def returned(scene: Scene, _at: str = "") -> str:
    """What the provider refuses to give back."""
    return str(stand(scene)["back"].number)


def _plainly(**said: Any) -> Any:
    return lambda _scene: said


ASKS = _plainly(amount_minor=CENTS, wallet="WECHAT")
API_KEYS: Mapping[str, Any] = {"wallet-requests": number, "wallet-returns": returned}
SAID: Mapping[str, tuple[Any, ...]] = {
    "/bills/{number}/ask-wallet": (ASKS, "billed"),
    "/wallet-requests/{number}/cancel": (_plainly(), "waiting"),
    "/wallet-requests/{number}/match": (_plainly(), "late"),
    "/wallet-requests/{number}/return": (_plainly(), "late"),
    "/wallet-returns/{number}/retry": (_plainly(),),
}
PAGES: Mapping[str, tuple[Any, ...]] = {
    "till:ask_wallet": (_plainly(amount_minor="1", wallet="WECHAT"), "billed"),
    "till:cancel_wallet": (_plainly(), "waiting"),
    "till:match_wallet": (_plainly(), "late"),
    "till:return_wallet": (_plainly(), "late"),
    "till:retry_wallet_return": (_plainly(),),
}
NUMBERED = ("till:wallet", "till:cancel_wallet", "till:match_wallet", "till:return_wallet", "till:retry_wallet_return")


def page_number(scene: Scene, at: str, *, route: str) -> str:
    """The number in a page's address."""
    return returned(scene) if route == "till:retry_wallet_return" else number(scene, at)
