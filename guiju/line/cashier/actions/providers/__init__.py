"""The providers of wallets: what each has to do, and which one an installation has for which wallet.

An installation names them in its environment (GUIJU_ALIPAY, GUIJU_WECHAT_PAY); none is named in code, and no key is. Where nothing is
named the customer pays by the printed code of the shop, and the number that the wallet shows is the reference.
"""

from __future__ import annotations

from django.conf import settings

from guiju.line.cashier.actions.providers.alipay import Alipay
from guiju.line.cashier.actions.providers.common import Forged, Order, Provider, Unreachable
from guiju.line.cashier.actions.providers.wechat import WeChatPay
from guiju.line.cashier.rules.wallets import Wallet

__all__ = ["Forged", "Order", "Provider", "Unreachable", "configured", "provider_for"]


def provider_for(wallet: str) -> Provider | None:
    """The provider of a wallet; None where the installation has none."""
    said = settings.GUIJU_WALLETS.get(wallet)
    if not said:
        return None
    made: Provider = Alipay(said) if wallet == Wallet.ALIPAY else WeChatPay(said)
    return made


def configured() -> list[Wallet]:
    """The wallets that can be asked, in their order."""
    return [each for each in Wallet if settings.GUIJU_WALLETS.get(each)]
