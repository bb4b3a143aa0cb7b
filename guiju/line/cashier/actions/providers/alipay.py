"""Alipay: the open platform's face-to-face payments, signed by RSA2 both ways.

source   opendocs.alipay.com: alipay.trade.pay, precreate, query, close, cancel, refund; asynchronous notification
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

from guiju.kernel.amounts import EXPONENTS
from guiju.line.cashier.actions.providers.common import (
    Forged,
    Order,
    Unreachable,
    check,
    private_key,
    public_key,
    send,
    signed,
)
from guiju.line.cashier.rules.wallets import Answer, Told

# The platform's clock, whatever ours is.
ZONE = ZoneInfo("Asia/Shanghai")
DONE, WAITS, UNSURE = "10000", "10003", "20000"
NO_TRADE = "ACQ.TRADE_NOT_EXIST"
STATES = {
    "WAIT_BUYER_PAY": Answer.WAITING,
    "TRADE_SUCCESS": Answer.PAID,
    "TRADE_FINISHED": Answer.PAID,
    "TRADE_CLOSED": Answer.CLOSED,
}
# The platform settles in yuan.
CURRENCY = "CNY"


@dataclass(frozen=True)
class Alipay:
    """Alipay by the settings: url, app_id, key (file of our private key), their_key (file of the platform's), notify (our address)."""

    said: Mapping[str, str]

    def ask(self, order: Order) -> Told:
        content = {
            "out_trade_no": order.number, "total_amount": _yuan(order.amount_minor), "subject": order.subject, "store_id": order.shop,
        }  # fmt: skip
        if order.payer_code:
            more = {"scene": "bar_code", "auth_code": order.payer_code, "timeout_express": "5m"}
            return self._told(self._call(order, "alipay.trade.pay", content | more), order.number, says_paid=True)
        told = self._call(order, "alipay.trade.precreate", content | {"timeout_express": "5m"})
        if told.get("code") == DONE and told.get("qr_code"):
            return Told(Answer.WAITING, order.number, code=str(told["qr_code"]))
        return self._told(told, order.number)

    def query(self, order: Order) -> Told:
        told = self._call(order, "alipay.trade.query", {"out_trade_no": order.number})
        if told.get("sub_code") == NO_TRADE:
            # Nobody has scanned the code yet: the trade is made by the scan.
            return Told(Answer.WAITING, order.number)
        if told.get("code") != DONE:
            # The question was refused, and nothing is said of the payment.
            return Told(Answer.UNKNOWN, order.number, says=str(told.get("sub_code", "")))
        return self._told(told, order.number)

    def close(self, order: Order) -> Told:
        # What is paid in the same second is told as paid and not cancelled: that would give it back behind our book.
        told = self._call(order, "alipay.trade.close", {"out_trade_no": order.number})
        if told.get("code") == DONE or told.get("sub_code") == NO_TRADE:
            return Told(Answer.CLOSED, order.number)
        return self.query(order)

    def give_back(self, order: Order, *, number: str, amount_minor: int) -> Told:
        content = {"out_trade_no": order.number, "out_request_no": number, "refund_amount": _yuan(amount_minor)}
        told = self._call(order, "alipay.trade.refund", content)
        if told.get("code") == DONE:
            return Told(Answer.BACK, number, reference=str(told.get("trade_no", "")))
        return self._failed(told, number)

    def read(self, headers: Mapping[str, str], body: bytes) -> Told:
        try:
            fields = dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
        except (UnicodeDecodeError, ValueError) as why:
            raise Forged("This is no form.") from why
        content = {name: value for name, value in fields.items() if name not in {"sign", "sign_type"}}
        check(public_key(self.said["their_key"]), _text(content), fields.get("sign", ""))
        if fields.get("app_id") != self.said["app_id"]:
            raise Forged("It is meant for somebody else.")
        # A refund is told, too, with the state of its trade; what we gave back we know.
        if "refund_fee" in fields:
            return Told(Answer.UNKNOWN, fields.get("out_trade_no", ""))
        return _state(fields, fields.get("out_trade_no", ""))

    def _call(self, order: Order, method: str, content: Mapping[str, str]) -> Mapping[str, Any]:
        """One question, and its answer once its signature is seen to be the platform's."""
        fields = {
            "app_id": self.said["app_id"], "method": method, "format": "JSON", "charset": "utf-8", "sign_type": "RSA2", "version": "1.0",
            "timestamp": order.at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S"),
            "notify_url": self.said.get("notify", ""),
            "biz_content": json.dumps(content, ensure_ascii=False, separators=(",", ":")),
        }  # fmt: skip
        fields = {name: value for name, value in fields.items() if value}
        fields["sign"] = signed(private_key(self.said["key"]), _text(fields))
        kind = {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8"}
        heard = send("POST", self.said["url"], headers=kind, body=urlencode(fields).encode())
        return self._checked(heard.body, f"{method.replace('.', '_')}_response")

    def _checked(self, body: bytes, name: str) -> Mapping[str, Any]:
        """The node of the answer. The signature is over its letters as they stand there, so it is cut out and not written again."""
        try:
            text = body.decode()
            parsed = json.loads(text)
            begin = text.index("{", text.index(f'"{name}"'))
            node, length = json.JSONDecoder().raw_decode(text[begin:])
            check(public_key(self.said["their_key"]), text[begin : begin + length].encode(), parsed["sign"])
        except (ValueError, KeyError, TypeError, Forged) as why:
            raise Unreachable(f"{name}: {why}"[:200]) from why
        return dict(node)

    def _told(self, told: Mapping[str, Any], number: str, *, says_paid: bool = False) -> Told:
        if told.get("out_trade_no", number) != number:
            raise Unreachable("The answer is about another order.")
        if told.get("code") == WAITS:
            return Told(Answer.WAITING, number)
        if told.get("code") != DONE:
            return self._failed(told, number)
        # `pay` answers with no state when it is paid.
        return _state(dict(told) | ({"trade_status": "TRADE_SUCCESS"} if says_paid else {}), number)

    def _failed(self, told: Mapping[str, Any], number: str) -> Told:
        says = " ".join(str(told.get(name, "")) for name in ("sub_code", "sub_msg", "msg"))[:300]
        is_unsure = told.get("code") == UNSURE or told.get("sub_code") == "ACQ.SYSTEM_ERROR"
        return Told(Answer.UNKNOWN if is_unsure else Answer.FAILED, number, says=says)


def _state(fields: Mapping[str, Any], number: str) -> Told:
    answer = STATES.get(str(fields.get("trade_status")), Answer.UNKNOWN)
    minor = _minor(str(fields.get("total_amount", "")))
    return Told(answer, number, reference=str(fields.get("trade_no", "")), amount_minor=minor, currency=CURRENCY)


def _yuan(amount_minor: int) -> str:
    whole, part = divmod(amount_minor, 10 ** EXPONENTS[CURRENCY])
    return f"{whole}.{part:02d}"


def _minor(said: str) -> int | None:
    whole, _, part = said.partition(".")
    digits = whole + part.ljust(EXPONENTS[CURRENCY], "0")
    return int(digits) if digits.isascii() and digits.isdigit() and len(part) <= EXPONENTS[CURRENCY] else None


def _text(fields: Mapping[str, str]) -> bytes:
    """What is signed: every field that says something, by its name."""
    return "&".join(f"{name}={fields[name]}" for name in sorted(fields) if fields[name]).encode()
