"""The dispute dossier: everything that proves one order in one sealed file; one byte changed, and it is no longer that file."""

from __future__ import annotations

import hashlib
import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from guiju.kernel import evidence, sealing, trail
from guiju.kernel.models import TrailEntry
from guiju.kernel.refusing import NotAllowed
from guiju.line.intake import queries as intake
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workorder.rules import Agreed, PromiseCause
from guiju.oversight.dossier import actions, rules
from tests.line.cast_line import Shop, fresh
from tests.line.workshop.test_commitments import a_short_order, a_signed

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def a_long_story(shop: Shop) -> WorkOrder:
    """Quoted and signed for, a part missing and a date signed for it, and the whole date moved and signed for."""
    order = a_short_order(shop)
    a_signed(shop, order)
    stands = fresh(order).promised_at
    assert stands is not None
    workorder.revise_promise(
        order, to=stands.replace(day=stands.day + 1), cause=PromiseCause.CUSTOMER, reason="She travels.", agreed=Agreed.SIGNATURE,
        signature=shop.a_signature(), proof=shop.a_photo(), by=shop.reception, at=shop.later(),
    )  # fmt: skip
    return fresh(order)


def sealed(shop: Shop, order: WorkOrder, name: str = "ma") -> bytes:
    trail.seal_pending()
    return actions.seal(order, by=shop.actor(name), at=shop.later()).content


def opened(dossier: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(dossier)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.shows("S1-39")
def test_the_dossier_holds_what_proves_the_order(shop: Shop) -> None:
    order = a_long_story(shop)
    files = opened(sealed(shop, order))
    told = {name: json.loads(content) for name, content in files.items() if name.endswith(".json")}
    assert {name for name in files if name.startswith("signatures/")} >= {
        "signatures/receipt.png", "signatures/quote-1.png", f"signatures/promise-{told['promises.json'][-1]['number']}.png",
    }  # fmt: skip
    assert len([name for name in files if name.startswith("photos/intake-")]) >= 4
    assert told["promises.json"][0]["cause"] == "FIRST"
    assert {"PART", "CUSTOMER"} <= {each["cause"] for each in told["promises.json"]}
    assert told["time_limits.json"][0]["revisions"]
    quote = told["quotes.json"][0]
    read = quote["acceptance"]["content"]
    assert hashlib.sha256(read.encode()).hexdigest() == quote["acceptance"]["digest"] == quote["approved_digest"]
    assert json.loads(read)["sent"] == quote["digest"]
    assert told["price_list.json"]["quoted"]
    assert told["order.json"]["number"] == order.number
    assert all(each["link"] for each in told["trail.json"])
    assert told["manifest.json"]["chain_head"]["seq"] >= told["trail.json"][-1]["link"]["seq"]


def test_it_is_a_deed_of_the_journal_for_whoever_answers_for_the_outlet(shop: Shop) -> None:
    order = shop.a_received_order()
    for name in ("lin", "chen", "bo", "an", "he", "ad"):
        with pytest.raises(NotAllowed):
            sealed(shop, order, name)
    sealed(shop, order, "ma")
    sealed(shop, order, "nie")
    assert [each.actor_name for each in TrailEntry.objects.filter(verb="dossier.seal").order_by("pk")] == ["ma", "nie"]


def test_nobody_elses_data_and_no_secret_is_in_it(shop: Shop) -> None:
    customer = shop.a_customer(name="Somebody Else")
    other = shop.a_received_order(appliance=shop.an_appliance(customer), customer=customer)
    order = a_long_story(shop)
    everything = b"".join(opened(sealed(shop, order)).values())
    for secret in ("Somebody Else", other.number, other.appliance.serial, order.track_salt, order.track_digest):
        assert str(secret).encode() not in everything
    for phone in order.customer.phones.all():
        assert phone.e164.encode() not in everything


def test_whoever_has_the_file_checks_it_without_us(shop: Shop) -> None:
    dossier = sealed(shop, a_long_story(shop))
    published = sealing.published()
    assert actions.check(dossier).wrong == ()
    assert actions.check(dossier, published=published).is_whole
    assert actions.check(dossier, published="").wrong == (
        f"the key {actions.check(dossier).key} is not among those published",
    )


@pytest.mark.shows("S1-39")
def test_a_changed_byte_breaks_the_seal(shop: Shop) -> None:
    dossier = sealed(shop, a_long_story(shop))
    chance = random.Random(20261130)
    for _ in range(400):
        place = chance.randrange(len(dossier))
        flipped = bytearray(dossier)
        flipped[place] ^= 1 << chance.randrange(8)
        assert not actions.check(bytes(flipped)).is_whole, f"byte {place}"
    # The ends of each part of the archive, where nothing is content.
    for place in [*range(60), *range(len(dossier) - 400, len(dossier))]:
        flipped = bytearray(dossier)
        flipped[place] ^= 0xFF
        assert not actions.check(bytes(flipped)).is_whole, f"byte {place}"
    for other in (dossier[:-1], dossier + b"\0", b"PK" + dossier, b"", b"not a dossier"):
        assert not actions.check(other).is_whole


def test_what_was_exchanged_added_or_left_out_is_named(shop: Shop) -> None:
    dossier = sealed(shop, shop.a_received_order())
    files = opened(dossier)
    manifest, signature = files.pop("manifest.json"), bytes.fromhex(files.pop("manifest.sig").decode())
    assert actions.check(rules.pack(manifest, signature, files)).is_whole
    assert (
        "order.json: was changed" in actions.check(rules.pack(manifest, signature, files | {"order.json": b"{}"})).wrong
    )
    assert "more.json: was added" in actions.check(rules.pack(manifest, signature, files | {"more.json": b"{}"})).wrong
    less = {name: content for name, content in files.items() if name != "custody.json"}
    assert "custody.json: is missing" in actions.check(rules.pack(manifest, signature, less)).wrong
    forged = files | {"order.json": b"{}"}
    told = json.loads(manifest)
    anew = rules.manifest_of(forged, {key: value for key, value in told.items() if key not in {"files", "format"}})
    assert actions.check(rules.pack(anew, signature, forged)).wrong == ("the seal does not hold",)


def test_an_entry_of_the_journal_that_does_not_fit_its_link_is_named(shop: Shop) -> None:
    files = opened(sealed(shop, shop.a_received_order()))
    told = json.loads(files["trail.json"])
    told[0]["entry"]["actor_name"] = "nobody"
    del files["manifest.json"], files["manifest.sig"]
    files["trail.json"] = rules.as_json(told)
    key = sealing.today()
    manifest = rules.manifest_of(files, {"key": key.mark})
    wrong = actions.check(rules.pack(manifest, sealing.seal(manifest).signature, files)).wrong
    assert wrong == (f"trail.json: entry {told[0]['entry']['id']} is not what was sealed into the chain",)


def test_what_is_too_large_or_missing_is_said(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    order = shop.a_received_order()
    with monkeypatch.context() as patched:
        patched.setattr(rules, "BYTES_MAX", 1000)
        with pytest.raises(actions.TooLarge):
            sealed(shop, order)
    with monkeypatch.context() as patched:
        patched.setattr(rules, "FILES_MAX", 3)
        with pytest.raises(actions.TooLarge):
            sealed(shop, order)
    path = evidence.path_of(intake.photos_of(order)[0].evidence)
    kept = path.read_bytes()
    path.unlink()
    try:
        with pytest.raises(actions.FileMissing):
            sealed(shop, order)
    finally:
        path.write_bytes(kept)


def test_one_command_seals_and_another_checks(shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    order, file = shop.a_received_order(), tmp_path / "dossier.zip"
    with pytest.raises(CommandError, match="no such login"):
        call_command("dossier", order.number, by="nobody", to=file)
    with pytest.raises(CommandError, match="may not see it"):
        call_command("dossier", order.number, by="he", to=file)
    call_command("dossier", order.number, by="ma", to=file)
    call_command("check_dossier", file)
    assert f"files of order {order.number}" in capsys.readouterr().out
    keys = tmp_path / "keys.txt"
    keys.write_text(sealing.published())
    call_command("check_dossier", file, keys=keys)
    assert "genuine, by the published key" in capsys.readouterr().out
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(CommandError, match="NOT GENUINE"):
        call_command("check_dossier", file)


def test_one_click_seals(shop: Shop, signed_in: Any) -> None:
    order = shop.a_received_order()
    ma: Client = signed_in("ma")
    assert "Sealed dossier" in ma.get(f"/orders/{order.number}/").content.decode()
    answer = ma.post(f"/orders/{order.number}/dossier")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert actions.check(answer.content).is_whole
    lin: Client = signed_in("lin")
    assert "Sealed dossier" not in lin.get(f"/orders/{order.number}/").content.decode()
    assert lin.post(f"/orders/{order.number}/dossier").status_code == 403
    assert signed_in("he").post(f"/orders/{order.number}/dossier").status_code == 404
