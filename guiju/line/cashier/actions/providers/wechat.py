"""WeChat Pay, APIv3: native codes that the customer scans, and payment codes that we scan; signed by RSA both ways.

source   pay.weixin.qq.com/doc/v3: native, codepay, query by out_trade_no, close, reverse, domestic refunds, payment notification
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from guiju.line.cashier.actions.providers.common import (
    Forged,
    Heard,
    Order,
    Unreachable,
    check,
    private_key,
    public_key,
    send,
    signed,
)
from guiju.line.cashier.rules.wallets import Answer, Told

STATES = {
    "SUCCESS": Answer.PAID,
    # Of what was given back later it was paid first; what we gave back we know.
    "REFUND": Answer.PAID,
    "NOTPAY": Answer.WAITING,
    "USERPAYING": Answer.WAITING,
    "ACCEPT": Answer.WAITING,
    "CLOSED": Answer.CLOSED,
    "REVOKED": Answer.CLOSED,
    "PAYERROR": Answer.FAILED,
}
BACK_STATES = {"SUCCESS": Answer.BACK, "PROCESSING": Answer.WAITING, "CLOSED": Answer.FAILED, "ABNORMAL": Answer.FAILED}
# A notification that is older is somebody's recording of it.
FRESH_SECONDS = 300


@dataclass(frozen=True)
class WeChatPay:
    """WeChat Pay by the settings.

    url, mchid, appid         the platform's address, and who we are there
    key, serial               the file of our private key, and the serial number of its certificate
    their_key                 the file of the platform's public key or certificate
    secret                    the file of the APIv3 key, 32 letters, by which notifications are closed
    notify                    our address for notifications
    """

    said: Mapping[str, str]

    def ask(self, order: Order) -> Told:
        content: dict[str, Any] = {
            "appid": self.said["appid"], "mchid": self.said["mchid"], "description": order.subject, "out_trade_no": order.number,
            "amount": {"total": order.amount_minor, "currency": order.currency},
        }  # fmt: skip
        if order.payer_code:
            where = {"store_info": {"id": order.shop, "out_id": order.shop}}
            more = {"payer": {"auth_code": order.payer_code}, "scene_info": where}
            return self._told(self._call("POST", "/v3/pay/transactions/codepay", content | more), order.number)
        expires = order.good_until.isoformat(timespec="seconds")
        more = {"notify_url": self.said.get("notify", ""), "time_expire": expires}
        heard = self._call("POST", "/v3/pay/transactions/native", content | more)
        if code := heard.get("code_url"):
            return Told(Answer.WAITING, order.number, code=str(code))
        return self._told(heard, order.number)

    def query(self, order: Order) -> Told:
        heard = self._call("GET", f"{self._at(order)}?mchid={self.said['mchid']}")
        told = self._told(heard, order.number)
        # Where the question was refused, nothing is said of the payment.
        return told if "trade_state" in heard or told.answer != Answer.FAILED else replace(told, answer=Answer.UNKNOWN)

    def close(self, order: Order) -> Told:
        # What is paid in the same second is told as paid: `reverse` would give it back behind our book.
        heard = self._call("POST", f"{self._at(order)}/close", {"mchid": self.said["mchid"]})
        if not heard or heard.get("code") in {"ORDER_CLOSED", "ORDER_NOT_EXIST", "ORDERNOTEXIST"}:
            return Told(Answer.CLOSED, order.number)
        return self.query(order)

    def give_back(self, order: Order, *, number: str, amount_minor: int) -> Told:
        content = {
            "out_trade_no": order.number, "out_refund_no": number,
            "amount": {"refund": amount_minor, "total": order.amount_minor, "currency": order.currency},
        }  # fmt: skip
        heard = self._call("POST", "/v3/refund/domestic/refunds", content)
        if "status" in heard:
            answer = BACK_STATES.get(heard["status"], Answer.UNKNOWN)
            return Told(answer, number, reference=str(heard.get("refund_id", "")), says=str(heard["status"]))
        return self._failed(heard, number)

    def read(self, headers: Mapping[str, str], body: bytes) -> Told:
        self._check(headers, body)
        try:
            resource = json.loads(body)["resource"]
            key = AESGCM(_secret(self.said["secret"]))
            closed = base64.b64decode(resource["ciphertext"], validate=True)
            plain = key.decrypt(resource["nonce"].encode(), closed, resource.get("associated_data", "").encode())
            told = json.loads(plain)
            if told.get("mchid") != self.said["mchid"]:
                raise Forged("It is meant for somebody else.")
        except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, InvalidTag) as why:
            raise Forged("It cannot be opened.") from why
        if "out_refund_no" in told:
            return Told(Answer.UNKNOWN, str(told.get("out_trade_no", "")))
        return _state(told, str(told.get("out_trade_no", "")))

    def _at(self, order: Order) -> str:
        return f"/v3/pay/transactions/out-trade-no/{order.number}"

    def _call(self, method: str, path: str, content: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """One question, and its answer once its signature is seen to be the platform's; an empty answer is an empty table."""
        body = json.dumps(content, ensure_ascii=False).encode() if content is not None else b""
        stamp, nonce = str(int(time.time())), secrets.token_hex(16)
        base = urlsplit(self.said["url"])
        text = b"\n".join((method.encode(), f"{base.path}{path}".encode(), stamp.encode(), nonce.encode(), body, b""))
        signature = signed(private_key(self.said["key"]), text)
        who = (
            f'mchid="{self.said["mchid"]}",nonce_str="{nonce}",timestamp="{stamp}",'
            f'serial_no="{self.said["serial"]}",signature="{signature}"'
        )
        headers = {
            "Authorization": f"WECHATPAY2-SHA256-RSA2048 {who}", "Accept": "application/json", "Content-Type": "application/json",
            "User-Agent": "guiju",
        }  # fmt: skip
        heard = send(method, f"{self.said['url']}{path}", headers=headers, body=body or None)
        return self._checked(heard)

    def _checked(self, heard: Heard) -> Mapping[str, Any]:
        try:
            if heard.status < 300 or "wechatpay-signature" in heard.headers:
                self._check(heard.headers, heard.body)
            found = json.loads(heard.body) if heard.body else {}
        except (ValueError, Forged) as why:
            raise Unreachable(str(why)[:200]) from why
        if heard.status >= 500 or not isinstance(found, dict):
            raise Unreachable(f"{heard.status}")
        # An error that nobody signed may be anybody's: it is asked again.
        if heard.status >= 300 and "wechatpay-signature" not in heard.headers:
            raise Unreachable(f"{heard.status} {found.get('code', '')}"[:200])
        return found

    def _check(self, headers: Mapping[str, str], body: bytes) -> None:
        said = {name.lower(): value for name, value in headers.items()}
        stamp, nonce = said.get("wechatpay-timestamp", ""), said.get("wechatpay-nonce", "")
        if not (stamp.isascii() and stamp.isdigit() and abs(time.time() - int(stamp)) <= FRESH_SECONDS):
            raise Forged("It is too old.")
        text = b"\n".join((stamp.encode(), nonce.encode(), body, b""))
        check(public_key(self.said["their_key"]), text, said.get("wechatpay-signature", ""))

    def _told(self, heard: Mapping[str, Any], number: str) -> Told:
        if "trade_state" in heard:
            if heard.get("out_trade_no", number) != number:
                raise Unreachable("The answer is about another order.")
            return _state(heard, number)
        if heard.get("code") in {"ORDER_NOT_EXIST", "ORDERNOTEXIST", "USERPAYING"}:
            return Told(Answer.WAITING, number)
        return self._failed(heard, number)

    def _failed(self, heard: Mapping[str, Any], number: str) -> Told:
        says = f"{heard.get('code', '')} {heard.get('message', '')}"[:300]
        is_unsure = heard.get("code") in {"SYSTEM_ERROR", "SYSTEMERROR", "FREQUENCY_LIMITED", "BANK_ERROR"}
        return Told(Answer.UNKNOWN if is_unsure else Answer.FAILED, number, says=says)


def _state(fields: Mapping[str, Any], number: str) -> Told:
    amount = fields.get("amount") or {}
    total = amount.get("total")
    return Told(
        STATES.get(str(fields.get("trade_state")), Answer.UNKNOWN), number, reference=str(fields.get("transaction_id", "")),
        amount_minor=total if type(total) is int else None, currency=str(amount.get("currency", "")),
        says=str(fields.get("trade_state_desc", ""))[:300],
    )  # fmt: skip


def _secret(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read().strip()
