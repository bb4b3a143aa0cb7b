"""The receipt that can be checked: all its figures, sealed, small enough for a QR code.

source  S1-38 to S1-42: no arbitrary charge; peers idea 3
"""

from __future__ import annotations

import base64
import binascii
import zlib

from guiju.kernel import sealing
from guiju.kernel.sealing import MARK_LETTERS, Seal
from guiju.line.cashier.models import Bill, Payment
from guiju.line.cashier.rules import SealedLine, SealedReceipt

# A receipt of two hundred lines; whatever unfolds to more is no receipt, and nobody's memory is filled with it.
LETTERS_MAX = 20_000


def sealed_receipt(bill: Bill, payment: Payment) -> SealedReceipt:
    """The receipt of a bill that was settled by this payment."""
    lines = tuple(
        SealedLine(
            line.code, line.quantity, line.unit_minor, line.amount_minor, line.list_min_minor, line.list_max_minor
        )
        for line in bill.lines.all()
    )
    unit = bill.order.unit
    return SealedReceipt(
        unit.code, payment.receipt_number, bill.number, unit.day(payment.at).isoformat(), bill.currency, lines,
        bill.discount_minor, bill.total_minor,
    )  # fmt: skip


def receipt_code(bill: Bill) -> str:
    """The code of the receipt of this bill; nothing as long as something is owed."""
    payments = list(bill.payments.all())
    return code_of_receipt(sealed_receipt(bill, payments[-1])) if payments and not bill.owed_minor else ""


def code_of_receipt(receipt: SealedReceipt) -> str:
    """The receipt and its seal as the end of an address."""
    content = receipt.text().encode()
    seal = sealing.seal(content)
    pack = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    return f"{_letters(pack.compress(content) + pack.flush())}.{seal.key}{_letters(seal.signature)}"


def opened_receipt(token: str) -> tuple[bytes, Seal] | None:
    """What is sealed, and the seal; nothing for what has not even their form."""
    packed, _, rest = token.partition(".")
    try:
        unpack = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
        content = unpack.decompress(_bytes(packed), LETTERS_MAX)
        signature = _bytes(rest[MARK_LETTERS:])
    except (binascii.Error, ValueError, zlib.error):
        return None
    if not unpack.eof or unpack.unused_data:
        return None
    return content, Seal(rest[:MARK_LETTERS], signature)


def read_receipt(token: str) -> SealedReceipt | None:
    """The receipt, if the house wrote exactly this one; else nothing."""
    found = opened_receipt(token)
    if found is None or not sealing.holds(*found):
        return None
    return SealedReceipt.read(found[0].decode())


def _letters(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(letters: str) -> bytes:
    # The same bytes in other letters would be another code for the same receipt: there is one.
    content = base64.b64decode(letters + "=" * (-len(letters) % 4), altchars=b"-_", validate=True)
    if _letters(content) != letters:
        raise ValueError(letters)
    return content
