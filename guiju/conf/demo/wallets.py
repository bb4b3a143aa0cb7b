"""Alipay and WeChat Pay in one small server of our own, for the demo and for tests: it keeps orders, signs what it says, and misbehaves.

It speaks both providers' own languages over HTTP, so the adapters that meet it are those that meet the real ones. Nobody's money moves,
and its keys are made when it starts.

    with Fake(folder) as fake:
        settings.GUIJU_WALLETS = fake.wallets(notify="http://127.0.0.1:8000/api/v1/wallets")
        fake.pays("WP-…")          # the customer pays: the house is told
        fake.told = 0              # from now on every notification is lost; 2 tells everything twice
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from guiju.line.cashier.actions.providers.common import Forged, check, public_key, signed

ALIPAY_STATES = {"WAITING": "WAIT_BUYER_PAY", "PAID": "TRADE_SUCCESS", "CLOSED": "TRADE_CLOSED"}
WECHAT_STATES = {"WAITING": "NOTPAY", "PAID": "SUCCESS", "CLOSED": "CLOSED"}
# A customer whose code ends so has to confirm on the telephone; so, has no money.
CONFIRMS, POOR = "7", "9"
PARENT_LOOKED_FOR_SECONDS = 2


@dataclass
class Kept:
    """An order as the provider keeps it."""

    wallet: str
    number: str
    amount_minor: int
    state: str = "WAITING"
    reference: str = ""
    back: dict[str, int] = field(default_factory=dict)


class Fake:
    """Both providers.

    told      how often each payment is told: 0 loses it, 2 doubles it
    delay_s   how long each answer takes
    is_down   whether it answers nothing that can be read
    skew      how much more than was asked for a notification says was paid, in minor units
    """

    def __init__(self, folder: Path, *, port: int = 0) -> None:
        self.folder, self.orders, self.asked = folder, dict[str, Kept](), list[str]()
        self.told, self.delay_s, self.is_down, self.skew = 1, 0.0, False, 0
        self.notify = ""
        self._lock = threading.Lock()
        # First, so that a second one that finds the port taken changes no key of the first.
        self.server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        folder.mkdir(parents=True, exist_ok=True)
        self._theirs = _made(folder, "theirs")
        _made(folder, "ours")
        (folder / "secret").write_text(secrets.token_hex(16), encoding="ascii")

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_why: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def wallets(self, *, notify: str = "") -> dict[str, dict[str, str]]:
        """The settings of an installation that is a merchant here."""
        self.notify = notify
        return merchant(self.url, self.folder, notify=notify)

    def pays(self, number: str) -> bool:
        """The customer pays: once, while the order is open. True where money came."""
        with self._lock:
            order = self.orders.get(number)
            if order is None or order.state != "WAITING":
                return False
            order.state, order.reference = "PAID", f"{int(time.time())}{secrets.randbelow(10**12):012d}"
        for _ in range(self.told):
            self.tell(order)
        return True

    def notification(self, order: Kept) -> tuple[dict[str, str], bytes]:
        """What the provider posts when an order is paid, with its signature."""
        return (self._alipay_told if order.wallet == "ALIPAY" else self._wechat_told)(order)

    def tell(self, order: Kept) -> int:
        """Post it to whoever asked; the status of the answer, or 0 where nobody answers."""
        if not self.notify:
            return 0
        headers, body = self.notification(order)
        request = urllib.request.Request(f"{self.notify}/{order.wallet}", data=body, headers=headers)  # noqa: S310  (our own)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code
        except OSError:
            return 0

    def keep(self, wallet: str, number: str, amount_minor: int, payer_code: str = "") -> Kept:
        """An order of that number; the same number again is the same order."""
        with self._lock:
            order = self.orders.setdefault(number, Kept(wallet, number, amount_minor))
        if payer_code and not payer_code.endswith((CONFIRMS, POOR)):
            self.pays(number)
        return order

    def gives_back(self, order: Kept, number: str, amount_minor: int) -> bool:
        """Give so much back, once a number, and never more than was paid."""
        with self._lock:
            if number not in order.back and sum(order.back.values()) + amount_minor > order.amount_minor:
                return False
            if order.state != "PAID":
                return False
            order.back[number] = amount_minor
            return True

    def closes(self, order: Kept) -> bool:
        """Close it, unless it is paid."""
        with self._lock:
            if order.state == "WAITING":
                order.state = "CLOSED"
            return order.state == "CLOSED"

    def answer(self, method: str, path: str, body: bytes, authorization: str) -> tuple[int, bytes, dict[str, str]]:
        """What is answered at this address: status, content, headers."""
        if self.is_down:
            return 502, b"<h1>Bad Gateway</h1>", {}
        if path.startswith("/pay/"):
            number = path.removeprefix("/pay/")
            page = _telephone(number, paid=self.pays(number) if method == "POST" else None)
            return 200, page.encode(), {"Content-Type": "text/html; charset=utf-8"}
        if path == "/gateway.do":
            return 200, self.alipay(dict(parse_qsl(body.decode()))), {}
        status, said = self.wechat(method, path, body, authorization)
        answer = json.dumps(said).encode() if said is not None else b""
        return status, answer, self.seal(answer)

    # --- Alipay

    def alipay(self, fields: Mapping[str, str]) -> bytes:
        """One question to the gateway, and its signed answer."""
        content = {name: value for name, value in fields.items() if name != "sign"}
        check(public_key(str(self.folder / "ours.pub")), _sorted(content), fields.get("sign", ""))
        asks, method = json.loads(fields["biz_content"]), fields["method"]
        number = asks["out_trade_no"]
        self.asked.append(f"{method} {number}")
        answer = json.dumps(self._alipay_answer(method, asks), ensure_ascii=False)
        name = f"{method.replace('.', '_')}_response"
        return f'{{"{name}":{answer},"sign":"{signed(self._theirs, answer.encode())}"}}'.encode()

    def _alipay_answer(self, method: str, asks: Mapping[str, Any]) -> dict[str, Any]:
        number, done = asks["out_trade_no"], {"code": "10000", "msg": "Success"}
        if method in {"alipay.trade.pay", "alipay.trade.precreate"}:
            return self._alipay_made(method, asks)
        known = self.orders.get(number)
        if known is None:
            return _failed("ACQ.TRADE_NOT_EXIST")
        if method == "alipay.trade.close" and not self.closes(known):
            return _failed("ACQ.TRADE_STATUS_ERROR")
        if method == "alipay.trade.refund":
            is_given = self.gives_back(known, asks["out_request_no"], _minor(asks["refund_amount"]))
            told = {"out_trade_no": number, "trade_no": known.reference, "fund_change": "Y"}
            return done | told if is_given else _failed("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL")
        return done | self._alipay_state(known)

    def _alipay_made(self, method: str, asks: Mapping[str, Any]) -> dict[str, Any]:
        number, code, done = asks["out_trade_no"], str(asks.get("auth_code", "")), {"code": "10000", "msg": "Success"}
        if code.endswith(POOR):
            return _failed("ACQ.BUYER_BALANCE_NOT_ENOUGH")
        order = self.keep("ALIPAY", number, _minor(asks["total_amount"]), code)
        if method == "alipay.trade.precreate":
            return done | {"out_trade_no": number, "qr_code": f"{self.url}/pay/{number}"}
        if order.state != "PAID":
            return {"code": "10003", "msg": "order success pay inprocess", "out_trade_no": number}
        return done | self._alipay_state(order)

    def _alipay_state(self, order: Kept) -> dict[str, str]:
        told = {
            "out_trade_no": order.number,
            "trade_status": ALIPAY_STATES[order.state],
            "total_amount": _yuan(order.amount_minor),
        }
        return told | {"trade_no": order.reference}

    def _alipay_told(self, order: Kept) -> tuple[dict[str, str], bytes]:
        fields = {"app_id": "2021000000000001", "notify_id": secrets.token_hex(8), **self._alipay_state(order)}
        fields["total_amount"] = _yuan(order.amount_minor + self.skew)
        fields |= {"sign": signed(self._theirs, _sorted(fields)), "sign_type": "RSA2"}
        return {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(fields).encode()

    # --- WeChat Pay

    def wechat(self, method: str, path: str, body: bytes, authorization: str) -> tuple[int, dict[str, Any] | None]:
        """One question, and what is answered; the answer is signed by whoever writes it."""
        said = dict(part.partition("=")[::2] for part in authorization.partition(" ")[2].split(","))
        said = {name: value.strip('"') for name, value in said.items()}
        text = b"\n".join(
            (method.encode(), path.encode(), said["timestamp"].encode(), said["nonce_str"].encode(), body, b"")
        )
        check(public_key(str(self.folder / "ours.pub")), text, said["signature"])
        asks, route = json.loads(body) if body else {}, urlsplit(path).path
        self.asked.append(f"{method} {route}")
        if route.startswith("/v3/pay/transactions/out-trade-no/"):
            number, _, verb = route.removeprefix("/v3/pay/transactions/out-trade-no/").partition("/")
            return self._wechat_known(number, verb)
        if route == "/v3/refund/domestic/refunds":
            order = self.orders.get(asks["out_trade_no"])
            if order is None or not self.gives_back(order, asks["out_refund_no"], asks["amount"]["refund"]):
                return 400, {"code": "NOT_ENOUGH", "message": "基本账户余额不足"}
            return 200, {
                "status": "SUCCESS",
                "refund_id": f"50{order.reference}",
                "out_refund_no": asks["out_refund_no"],
            }
        code = asks.get("payer", {}).get("auth_code", "")
        if code.endswith(POOR):
            return 400, {"code": "NOT_ENOUGH", "message": "余额不足"}
        order = self.keep("WECHAT", asks["out_trade_no"], asks["amount"]["total"], code)
        if route.endswith("/native"):
            return 200, {"code_url": f"{self.url}/pay/{order.number}"}
        return (200, self._wechat_state(order)) if order.state == "PAID" else (202, self._wechat_state(order))

    def _wechat_known(self, number: str, verb: str) -> tuple[int, dict[str, Any] | None]:
        order = self.orders.get(number)
        if order is None:
            return 404, {"code": "ORDER_NOT_EXIST", "message": "订单不存在"}
        if verb == "close":
            return (204, None) if self.closes(order) else (400, {"code": "ORDERPAID", "message": "订单已支付"})
        return 200, self._wechat_state(order)

    def _wechat_state(self, order: Kept) -> dict[str, Any]:
        return {
            "mchid": "1900000001", "out_trade_no": order.number, "trade_state": WECHAT_STATES[order.state],
            "transaction_id": order.reference, "amount": {"total": order.amount_minor, "currency": "CNY"},
        }  # fmt: skip

    def _wechat_told(self, order: Kept) -> tuple[dict[str, str], bytes]:
        told = self._wechat_state(order)
        told["amount"]["total"] += self.skew
        nonce, key = secrets.token_hex(6), (self.folder / "secret").read_bytes()
        closed = AESGCM(key).encrypt(nonce.encode(), json.dumps(told).encode(), b"transaction")
        resource = {
            "algorithm": "AEAD_AES_256_GCM", "ciphertext": base64.b64encode(closed).decode(), "nonce": nonce,
            "associated_data": "transaction",
        }  # fmt: skip
        body = json.dumps(
            {"id": secrets.token_hex(8), "event_type": "TRANSACTION.SUCCESS", "resource": resource}
        ).encode()
        return {"Content-Type": "application/json", **self.seal(body)}, body

    def seal(self, body: bytes) -> dict[str, str]:
        """The headers by which WeChat Pay signs what it says."""
        stamp, nonce = str(int(time.time())), secrets.token_hex(8)
        signature = signed(self._theirs, b"\n".join((stamp.encode(), nonce.encode(), body, b"")))
        return {
            "Wechatpay-Timestamp": stamp, "Wechatpay-Nonce": nonce, "Wechatpay-Signature": signature, "Wechatpay-Serial": "PUB_KEY_ID",
        }  # fmt: skip


def merchant(url: str, folder: Path, *, notify: str) -> dict[str, dict[str, str]]:
    """Who a merchant of the server at that address is, as the settings of an installation say it."""
    files = {"key": str(folder / "ours.pem"), "their_key": str(folder / "theirs.pub")}
    told = {name: f"{notify}/{name}" if notify else "" for name in ("ALIPAY", "WECHAT")}
    return {
        "ALIPAY": {"url": f"{url}/gateway.do", "app_id": "2021000000000001", "notify": told["ALIPAY"], **files},
        "WECHAT": {
            "url": url, "mchid": "1900000001", "appid": "wx0000000000000001", "serial": "5157F09EFDC096DE15EBE81A47057A72",
            "secret": str(folder / "secret"), "notify": told["WECHAT"], **files,
        },
    }  # fmt: skip


def _handler(fake: Fake) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

        def _answer(self, body: bytes) -> None:
            time.sleep(fake.delay_s)
            try:
                self._say(*fake.answer(self.command, self.path, body, self.headers.get("Authorization", "")))
            except (Forged, KeyError, ValueError):
                self._say(401, b"{}", {})

        def _say(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            """Nothing: whoever tests it looks at `asked`."""

    return Handler


def _telephone(number: str, *, paid: bool | None) -> str:
    """The customer's telephone, as far as a demo needs one."""
    now = {
        None: '<form method="post"><button>支付 · Pay</button></form>',
        True: "✓ 支付成功",
        False: "该订单已支付或已关闭",
    }[paid]
    style = "body{font:1.25rem sans-serif;text-align:center;padding:3rem 1rem}button{font:inherit;padding:1rem 3rem}"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{number}</title><style>{style}</style>'
    return f"<!doctype html>{head}<p>{number}</p>{now}"


def _made(folder: Path, name: str) -> RSAPrivateKey:
    key = generate_private_key(public_exponent=65537, key_size=2048)
    private, public = folder / f"{name}.pem", folder / f"{name}.pub"
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    private.chmod(0o600)
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return key


def _sorted(fields: Mapping[str, str]) -> bytes:
    return "&".join(f"{name}={fields[name]}" for name in sorted(fields) if fields[name]).encode()


def _failed(why: str) -> dict[str, Any]:
    return {"code": "40004", "msg": "Business Failed", "sub_code": why}


def _yuan(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"


def _minor(said: str) -> int:
    return int(said.replace(".", ""))


def main(folder: str, notify: str, port: str) -> None:
    """Serve until whoever started it is gone."""
    parent = os.getppid()
    with Fake(Path(folder), port=int(port)) as fake:
        fake.notify = notify
        while os.getppid() == parent:
            time.sleep(PARENT_LOOKED_FOR_SECONDS)
