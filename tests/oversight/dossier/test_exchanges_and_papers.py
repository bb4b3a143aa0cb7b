"""The dossier holds the appraisal of an exchange, what was signed for it, and the papers as PDF; one byte changed, and it breaks."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from guiju.line.intake import queries as intake
from guiju.line.workorder.queries import track_token
from guiju.oversight.dossier import actions, rules
from tests.line.cast_line import Shop, fresh
from tests.line.exchange.conftest import PRICE, _own_files, an_agreed_case, twice_repaired
from tests.oversight.dossier.test_dossier import opened, sealed

__all__ = ["_own_files", "twice_repaired"]
pytestmark = [pytest.mark.django_db]


@pytest.fixture
def dossier(shop: Shop, twice_repaired: Any) -> bytes:
    """Of a job on which a dearer model was agreed to."""
    order = twice_repaired()
    an_agreed_case(shop, order, price_minor=PRICE + 45_000)
    return sealed(shop, fresh(order))


@pytest.mark.shows("S1-39", "3.5")
def test_appraisal_offer_signature_and_papers_are_in_it(dossier: bytes) -> None:
    files = opened(dossier)
    (case,) = json.loads(files["exchanges.json"])
    assert (case["ground"], case["findings"], case["confirmed_by_id"] != case["appraised_by_id"]) == (
        "TWO_REPAIRS", "The drum does not turn.", True,
    )  # fmt: skip
    (offer,) = case["offers"]
    assert (offer["difference_minor"], offer["consent_id"] is not None) == (45_000, True)
    assert f"signatures/exchange-{case['number']}-{offer['id']}.png" in files
    papers = {name for name in files if name.startswith("papers/")}
    assert papers == {"papers/ticket.pdf", "papers/appraisal.pdf"}
    read = "".join(page.extract_text() for page in PdfReader(BytesIO(files["papers/appraisal.pdf"])).pages)
    assert "The drum does not turn." in read
    assert case["number"] in read


@pytest.mark.shows("S1-39")
@pytest.mark.parametrize("changed", ["papers/appraisal.pdf", "papers/ticket.pdf", "exchanges.json"])
def test_a_changed_byte_in_them_is_found_and_named(dossier: bytes, changed: str) -> None:
    assert actions.check(dossier).is_whole
    files = opened(dossier)
    place = dossier.index(files[changed]) + len(files[changed]) // 2
    flipped = bytearray(dossier)
    flipped[place] ^= 1
    assert not actions.check(bytes(flipped)).is_whole
    manifest, signature = files.pop("manifest.json"), bytes.fromhex(files.pop("manifest.sig").decode())
    broken = files[changed][:-1] + b"?"
    assert f"{changed}: was changed" in actions.check(rules.pack(manifest, signature, files | {changed: broken})).wrong


def test_no_code_on_a_filed_paper_opens_the_customers_page(
    shop: Shop, twice_repaired: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from guiju.oversight.papers import queries as papers

    printed: list[Any] = []
    monkeypatch.setattr(papers, "print_pdf", lambda facts, *_more, **_how: printed.append(facts) or b"%PDF")
    order = twice_repaired()
    papers.filed(order, base_url="https://g.example/", printed_by="ma", at=shop.now)
    assert printed
    tag = intake.tag_of(order)
    assert tag is not None
    for secret in (track_token(order), intake.claim_code(tag)):
        assert all(secret not in str(facts) for facts in printed)
