"""What belongs into the dossier of one order: its own records, pictures and signatures, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model

from guiju.kernel import evidence, trail
from guiju.kernel.models import Evidence, TrailEntry
from guiju.kernel.plain import plain
from guiju.line.cashier import queries as till
from guiju.line.cashier.models import HandOver, Payment
from guiju.line.exchange import queries as exchange
from guiju.line.exchange.models import ExchangeCase
from guiju.line.intake import queries as intake
from guiju.line.quality import queries as quality
from guiju.line.storeroom import queries as storeroom
from guiju.line.workorder import queries as workorder
from guiju.line.workorder.models import CoverageDecision, Custody, WorkOrder
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.models import Quote
from guiju.oversight.dossier.rules import as_json
from guiju.oversight.papers import queries as papers
from guiju.standing.customers import queries as customers

# Who is who in our tables, and what opens doors: neither is anybody's business in a dispute.
SECRET = frozenset({"track_salt", "track_digest", "code_salt", "code_tries", "claim_code"})
# Entries of the journal under one order; a thousand deeds on one repair would be another story.
ENTRIES_MAX = 2000

README = """\
English: every file here is listed in manifest.json with its SHA-256. manifest.sig is the Ed25519 signature under manifest.json by the key
in public-key.pem. Check with `guiju check_dossier FILE`, which needs no database; compare the key with the one that the house publishes.

简体：manifest.json 列出每个文件及其 SHA-256；manifest.sig 是 public-key.pem 中的密钥对 manifest.json 的 Ed25519 签名。
用 `guiju check_dossier 文件` 核验，无需数据库；请将密钥与商家公布的密钥核对。

繁體：manifest.json 列出每個檔案及其 SHA-256；manifest.sig 是 public-key.pem 中的金鑰對 manifest.json 的 Ed25519 簽章。
用 `guiju check_dossier 檔案` 核驗，無需資料庫；請將金鑰與商家公布的金鑰核對。
"""


def gathered(order: WorkOrder, *, by_name: str, at: datetime) -> dict[str, bytes]:
    """Every file of the dossier by its path, but the key and the seal; the papers as they are printed at that moment."""
    quotes = list(
        Quote.objects.filter(order=order)
        .select_related("acceptance")
        .prefetch_related("options", "lines__item", "lines__part")
        .order_by("version")
    )
    pictures = dict(_pictures(order, quotes))
    records: dict[str, Any] = {
        "order": _order(order),
        "custody": [_row(each) for each in Custody.objects.filter(order=order).order_by("pk")],
        "intake": _intake(order),
        "promises": [_row(each) for each in workorder.promises_of(order)],
        "promise_outcome": _row_or_none(workorder.outcome_of(order)),
        "holds": [_row(each) for each in workorder.holds_of(order)],
        "time_limits": [
            _row(each) | {"revisions": [_row(one) for one in each.revisions.all()]}
            for each in workshop.commitments_of(order)
        ],
        "free_cancellation": _row_or_none(workshop.free_cancellation(order)),
        "coverage": [_row(each) for each in CoverageDecision.objects.filter(order=order).order_by("pk")],
        "diagnoses": [_row(each) for each in workshop.diagnoses_of(order)],
        "quotes": [_quote(each) for each in quotes],
        "price_list": _list_in_force(order, quotes),
        "parts": [_row(each) | {"part": each.part.code} for each in storeroom.requests_of(order)],
        "old_parts": [_row(each) | {"part": each.part.code} for each in storeroom.old_parts_of(order)],
        "final_tests": [_row(each) for each in quality.inspections_of(order)],
        "bill": _bill(order),
        "exchanges": [_exchange(each) for each in exchange.cases_of(order)],
        "contacts": [_row(each) for each in order.contact_attempts.order_by("pk")],
    }
    files = {f"{name}.json": as_json(plain(value)) for name, value in records.items()}
    files["trail.json"] = as_json(plain(list(_journal(order))))
    files["README.txt"] = README.encode()
    files["pictures.json"] = as_json(plain({path: _row(kept) for path, kept in pictures.items()}))
    for path, kept in pictures.items():
        with evidence.open_file(kept) as file:
            files[path] = file.read()
    printed = papers.filed(order, base_url=f"{settings.GUIJU_ADDRESS}/", printed_by=by_name, at=at)
    return files | {f"papers/{name}.pdf": pdf for name, pdf in printed.items()}


def _row(row: Model) -> dict[str, Any]:
    """The columns of a row, without what opens doors."""
    names = [each.attname for each in row._meta.concrete_fields if each.attname not in SECRET]  # noqa: SLF001  # Django documents _meta
    return {name: getattr(row, name) for name in names}


def _row_or_none(row: Model | None) -> dict[str, Any] | None:
    return _row(row) if row is not None else None


def _order(order: WorkOrder) -> dict[str, Any]:
    """The order with what it is about, in words that a stranger to our tables reads."""
    machine = order.appliance
    return _row(order) | {
        "outlet": {"code": order.unit.code, "names": order.unit.names, "jurisdiction": order.unit.jurisdiction},
        "customer": {"name": order.customer.name, "phones": customers.card(order.customer).phones_masked},
        "appliance": {
            "brand": machine.brand.name, "line": machine.line.code, "model": machine.model.code if machine.model else None,
            "serial": machine.serial, "purchased_on": machine.purchased_on,
        },
        "history": workorder.history(order),
    }  # fmt: skip


def _intake(order: WorkOrder) -> dict[str, Any]:
    return {
        "check": _row_or_none(intake.check_of(order)),
        "accessories": [_row(each) for each in intake.accessories_of(order)],
        "loans": [_row(each) for each in intake.loans_of(order)],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    lines = [_row(line) | {"code": line.code, "description": line.description} for line in quote.lines.all()]
    options = [_row(each) for each in quote.options.all()]
    accepted = _row_or_none(getattr(quote, "acceptance", None))
    return _row(quote) | {"content": quote.content(), "lines": lines, "options": options, "acceptance": accepted}


def _list_in_force(order: WorkOrder, quotes: list[Quote]) -> dict[str, Any]:
    """The list that the customer was shown, and of each line that was quoted the range that was published for it."""
    ranges = [
        {
            "quote": quote.number,
            "code": line.code,
            "least_minor": line.list_min_minor,
            "most_minor": line.list_max_minor,
        }
        for quote in quotes
        for line in quote.lines.all()
    ]
    return {"list": _row_or_none(order.price_list), "test_fee_minor": order.test_fee_minor, "quoted": ranges}


def _exchange(case: ExchangeCase) -> dict[str, Any]:
    """What was asked for, found by two, decided by a third, offered, signed and paid; with both units."""
    new = case.other
    return _row(case) | {
        "other_unit": _row(new) | {"brand": new.brand.name, "model": new.model.code if new.model else None}
        if new
        else None,
        "offers": [_row(each) for each in case.offers.all()],
        "replacement_serial": case.replacement.serial if case.replacement else None,
    }


def _bill(order: WorkOrder) -> dict[str, Any] | None:
    bill = till.bill_of(order)
    if bill is None:
        return None
    payments = Payment.objects.filter(bill=bill, void=None).order_by("pk")
    return _row(bill) | {
        "lines": [_row(line) for line in bill.lines.all()],
        "payments": [_row(each) for each in payments],
        "hand_over": _row_or_none(HandOver.objects.filter(order=order).first()),
    }


def _journal(order: WorkOrder) -> Iterator[Mapping[str, Any]]:
    """Each deed on this order as the journal has it, with its link of the chain; none where it waits to be sealed."""
    entries = TrailEntry.objects.filter(subject_type=workorder.ORDER, subject_id=order.pk).order_by("pk")[:ENTRIES_MAX]
    return trail.proved(list(entries))


def _pictures(order: WorkOrder, quotes: list[Quote]) -> Iterator[tuple[str, Evidence]]:
    """Photographs and signatures of this order alone, each under a name that says what it is."""
    check = intake.check_of(order)
    if check is not None:
        yield _path("signatures/receipt", check.signature)
    for number, photo in enumerate(intake.photos_of(order), start=1):
        yield _path(f"photos/intake-{number}", photo.evidence)
    for number, sent in enumerate(intake.sent_photos(order), start=1):
        yield _path(f"photos/sent-{number}", sent.evidence)
    for found in workshop.diagnoses_of(order):
        for number, shown in enumerate(found.photos.all(), start=1):
            yield _path(f"photos/damage-{found.pk}-{number}", shown.photo)
    for tested in quality.inspections_of(order):
        for number, seen in enumerate(tested.photos.all(), start=1):
            yield _path(f"photos/test-{tested.pk}-{number}", seen.photo)
    yield from _signatures(order, quotes)


def _signatures(order: WorkOrder, quotes: list[Quote]) -> Iterator[tuple[str, Evidence]]:
    for quote in quotes:
        if quote.signature is not None:
            yield _path(f"signatures/quote-{quote.version}", quote.signature)
    for limit in workshop.commitments_of(order):
        for signed in limit.revisions.all():
            yield _path(f"signatures/time-limit-{limit.pk}-{signed.revision}", signed.signature)
    for line in workorder.promises_of(order):
        if line.signature is not None:
            yield _path(f"signatures/promise-{line.number}", line.signature)
        if line.proof is not None:
            yield _path(f"photos/promise-{line.number}", line.proof)
    for number, lent in enumerate(intake.loans_of(order), start=1):
        yield _path(f"signatures/loan-{number}", lent.signature)
    yield from _of_exchanges(order)
    gone = HandOver.objects.filter(order=order, signature__isnull=False).select_related("signature").first()
    if gone is not None and gone.signature is not None:
        yield _path("signatures/hand-over", gone.signature)


def _of_exchanges(order: WorkOrder) -> Iterator[tuple[str, Evidence]]:
    for case in exchange.cases_of(order):
        for offer in case.offers.all():
            if offer.consent is not None:
                yield _path(f"signatures/exchange-{case.number}-{offer.pk}", offer.consent)


def _path(name: str, kept: Evidence) -> tuple[str, Evidence]:
    return f"{name}.{evidence.ENDINGS[kept.mime]}", kept
