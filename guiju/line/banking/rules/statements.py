"""A bank's statement as a file: a table, or ISO 20022 camt.053. Read strictly: one line that cannot be read, and nothing is taken."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from guiju.kernel.amounts import EXPONENTS
from guiju.kernel.words import N_, Sentence

BYTES_MAX = 2 * 2**20
LINES_MAX = 5000
TEXT_MAX = 200
# What each column may be called; the first row says which is which.
COLUMNS: Mapping[str, frozenset[str]] = {
    "on": frozenset({"date", "booking date", "日期", "交易日期", "记账日期", "記帳日期"}),
    "amount": frozenset({"amount", "credit", "金额", "金額", "贷方金额", "貸方金額", "收入"}),
    "reference": frozenset({"reference", "slip", "流水号", "流水號", "单号", "單號", "凭证号", "憑證號"}),
    "text": frozenset({"text", "description", "摘要", "备注", "備註"}),
}
NEEDED = ("on", "amount", "reference")
DAY = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})")


@dataclass(frozen=True, slots=True)
class Booked:
    """What the bank has booked to the account: so much on a day, under its own number."""

    on: date
    amount_minor: int
    currency: str
    reference: str
    text: str


@dataclass(frozen=True, slots=True)
class Misread:
    """A line that cannot be read, by its number in the file, and why."""

    line: int
    why: Sentence


class NotAStatement(ValueError):
    """The file as a whole is none; its first argument is the sentence that says why."""


def read(content: bytes, *, currency: str) -> tuple[list[Booked], list[Misread]]:
    """What came in to the account, in the order of the file; what went out is left aside.

    currency  of the account, for a table that does not say it
    raises    NotAStatement
    """
    if len(content) > BYTES_MAX:
        raise NotAStatement(Sentence(N_("The file is too large for a statement.")))
    lines = _camt(content) if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else _table(content, currency)
    booked: list[Booked] = []
    misread: list[Misread] = []
    for number, line in lines:
        if isinstance(line, Sentence):
            misread.append(Misread(number, line))
        elif line is not None:
            booked.append(line)
        if len(booked) > LINES_MAX:
            raise NotAStatement(Sentence(N_("The file has too many lines for a statement.")))
    return booked, misread


def amount_of(said: str, currency: str) -> int | None:
    """The amount in minor units; None for what is no amount of this currency."""
    exponent = EXPONENTS.get(currency)
    try:
        amount = Decimal(said.replace(",", "").strip())
    except InvalidOperation:
        return None
    if exponent is None or not amount.is_finite() or abs(amount) > Decimal(10) ** 12:
        return None
    minor = amount.scaleb(exponent)
    return int(minor) if minor == minor.to_integral_value() else None


def day_of(said: str) -> date | None:
    """The day: 2026-11-02, 2026/11/02 or 20261102."""
    found = DAY.match(said.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _line(on: str, amount: str, currency: str, reference: str, text: str) -> Booked | Sentence | None:
    day, minor = day_of(on), amount_of(amount, currency)
    if day is None:
        return Sentence(N_("This is no day: %(said)s"), {"said": on[:40]})
    if minor is None:
        return Sentence(N_("This is no amount: %(said)s"), {"said": amount[:40]})
    if not reference.strip():
        return Sentence(N_("The bank's number is missing."))
    # What went out of the account is no deposit.
    return Booked(day, minor, currency, reference.strip()[:80], text.strip()[:TEXT_MAX]) if minor > 0 else None


def _table(content: bytes, currency: str) -> Iterator[tuple[int, Booked | Sentence | None]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            raise NotAStatement(Sentence(N_("The letters of this file cannot be read."))) from None
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        raise NotAStatement(Sentence(N_("This file is no table."))) from None
    places = _columns(rows[0]) if rows else {}
    if not set(NEEDED) <= set(places):
        raise NotAStatement(Sentence(N_("The first row has to name the columns date, amount and reference.")))
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        said = {name: row[place] if place < len(row) else "" for name, place in places.items()}
        yield number, _line(said["on"], said["amount"], currency, said["reference"], said.get("text", ""))


def _columns(header: Sequence[str]) -> dict[str, int]:
    heads = [cell.strip().lower() for cell in header]
    found = {
        name: next((place for place, head in enumerate(heads) if head in known), -1) for name, known in COLUMNS.items()
    }
    return {name: place for name, place in found.items() if place >= 0}


def _camt(content: bytes) -> Iterator[tuple[int, Booked | Sentence | None]]:
    entries = [each for each in _tree(content).iter() if each.tag == "Ntry"]
    for number, entry in enumerate(entries, start=1):
        if _text(entry, "CdtDbtInd") != "CRDT":
            continue
        amount = entry.find("Amt")
        on = _text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm")[:10]
        reference = (
            _text(entry, "NtryDtls/TxDtls/Refs/EndToEndId") or _text(entry, "AcctSvcrRef") or _text(entry, "NtryRef")
        )
        text = _text(entry, "NtryDtls/TxDtls/RmtInf/Ustrd") or _text(entry, "AddtlNtryInf")
        currency = amount.get("Ccy", "") if amount is not None else ""
        yield number, _line(on, (amount.text or "") if amount is not None else "", currency, reference, text)


def _text(entry: Element, path: str) -> str:
    found = entry.find(path)
    return (found.text or "").strip() if found is not None else ""


def _tree(content: bytes) -> Element:
    """The elements by their plain names. A document type is refused before anything in it is read: so no entity grows or reaches out."""
    builder, parser = TreeBuilder(), expat.ParserCreate(namespace_separator=" ")

    def refuse(*_said: object) -> None:
        raise NotAStatement(Sentence(N_("This file is no statement of a bank.")))

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: builder.start(name.rpartition(" ")[2], attributes)
    parser.EndElementHandler = lambda name: builder.end(name.rpartition(" ")[2])
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(content, True)
        root: Element = builder.close()
    except (expat.ExpatError, AssertionError):
        raise NotAStatement(Sentence(N_("This file is no statement of a bank."))) from None
    if root.tag != "Document" or root.find("BkToCstmrStmt") is None:
        refuse()
    return root
