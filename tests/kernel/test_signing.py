"""A signature that is asked for: shown, given once in a few minutes, and put under that one thing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from guiju.kernel import evidence, signing
from guiju.kernel.actor import Actor
from guiju.kernel.models import AskedSignature, TrailEntry
from guiju.kernel.refusing import Invalid, NotAllowed
from tests.kernel.conftest import HERE, NOON, THERE, person
from tests.line.cast_line import a_drawing
from tests.toy.models import Kite

pytestmark = pytest.mark.shows("A09")
LATER = NOON + timedelta(minutes=3)
READ = {"title": "Lend a kite", "lines": [["String", "100 m"]], "language": "en"}
STRANGER = Actor.stranger(HERE)


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def asked_for(kite: Kite, by: Actor, content: Any = None) -> AskedSignature:
    return signing.ask("toy.lend", kite, content or READ, by=by, at=NOON)


def signed(asked: AskedSignature, number: int = 1, **how: Any) -> Any:
    return signing.sign(asked, drawn=a_drawing(number), name=" Liang Ming ", **({"by": STRANGER, "at": LATER} | how))


def taken(asked: AskedSignature, kite: Kite, by: Actor, content: Any = None, **how: Any) -> Any:
    return signing.take(asked.pk, "toy.lend", kite, content or READ, by=by, at=how.get("at", LATER))


def test_what_was_shown_is_signed_and_taken_over(kite: Kite, ma: Actor) -> None:
    asked = asked_for(kite, ma)
    found = signing.by_link(signing.link_of(asked))
    assert found == asked
    assert found.content == READ
    drawing = signed(asked)
    assert taken(asked, kite, ma) == drawing
    asked.refresh_from_db()
    assert (asked.signer_name, asked.signed_at, asked.taken_at) == ("Liang Ming", LATER, LATER)
    verbs = list(TrailEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["evidence.ask_signature", "evidence.give_signature", "evidence.keep", "evidence.take_signature"]


def test_a_link_is_kept_nowhere_and_another_one_leads_nowhere(kite: Kite, ma: Actor) -> None:
    asked = asked_for(kite, ma)
    link = signing.link_of(asked)
    assert link not in str(AskedSignature.objects.values())
    assert signing.by_link(link[:-1] + ("A" if link[-1] != "A" else "B")) is None


def test_it_is_signed_once(kite: Kite, ma: Actor) -> None:
    asked = asked_for(kite, ma)
    signed(asked)
    with pytest.raises(signing.SignedAlready):
        signed(asked, 2)
    asked.refresh_from_db()
    other = evidence.keep_signature(a_drawing(7), unit_id=HERE, by=ma, at=LATER)
    with pytest.raises(IntegrityError, match="asked_signature_is_given_and_taken_once"), transaction.atomic():
        AskedSignature.objects.filter(pk=asked.pk).update(signature=other)


def test_it_is_taken_once(kite: Kite, ma: Actor) -> None:
    asked = asked_for(kite, ma)
    signed(asked)
    taken(asked, kite, ma)
    with pytest.raises(signing.TakenAlready):
        taken(asked, kite, ma)


def test_the_link_is_over_after_some_minutes(kite: Kite, ma: Actor) -> None:
    asked = asked_for(kite, ma)
    with pytest.raises(signing.LinkOver):
        signed(asked, at=asked.expires_at)
    assert signed(asked, at=asked.expires_at - timedelta(seconds=1))


def test_what_nobody_took_over_in_time_is_no_signature(kite: Kite, ma: Actor) -> None:
    asked = asked_for(kite, ma)
    signed(asked)
    with pytest.raises(signing.NotSigned):
        taken(asked, kite, ma, at=NOON + signing.TAKE_WITHIN)
    assert taken(asked, kite, ma, at=NOON + signing.TAKE_WITHIN - timedelta(seconds=1))


def test_asking_again_ends_what_was_asked_before(kite: Kite, ma: Actor) -> None:
    first, second = asked_for(kite, ma), asked_for(kite, ma)
    with pytest.raises(signing.LinkOver):
        signed(first)
    assert signed(second)


def test_an_unsigned_page_gives_nothing(kite: Kite, ma: Actor) -> None:
    asked = asked_for(kite, ma)
    with pytest.raises(signing.NotSigned):
        taken(asked, kite, ma)


def test_an_empty_box_is_no_signature(kite: Kite, ma: Actor) -> None:
    from io import BytesIO

    from PIL import Image

    empty = BytesIO()
    Image.new("L", (120, 40), "white").save(empty, "PNG")
    asked = asked_for(kite, ma)
    with pytest.raises(Invalid):
        signing.sign(asked, drawn=empty.getvalue(), name="", by=STRANGER, at=LATER)
    assert signed(asked)


@pytest.mark.parametrize(
    "changed", [{"lines": [["String", "101 m"]]}, {"title": "Give a kite away"}, {"language": "zh-hans"}]
)
def test_one_letter_more_is_not_what_was_signed(kite: Kite, ma: Actor, changed: dict[str, Any]) -> None:
    asked = asked_for(kite, ma)
    signed(asked)
    with pytest.raises(signing.SignedForSomethingElse):
        taken(asked, kite, ma, READ | changed)
    assert taken(asked, kite, ma, READ)


def test_it_stands_under_nothing_else(kite: Kite, ma: Actor) -> None:
    other = Kite.objects.create(number="K-2", unit_id=HERE, colour="blue")
    asked = asked_for(kite, ma)
    signed(asked)
    with pytest.raises(signing.NotSigned):
        taken(asked, other, ma)
    with pytest.raises(signing.NotSigned):
        signing.take(asked.pk, "toy.sell", kite, READ, by=ma, at=LATER)
    assert taken(asked, kite, ma)


def test_who_may_not_ask_neither_asks_nor_takes(kite: Kite, ma: Actor, chen: Actor) -> None:
    for nobody in (chen, person(9, "Zhou", "OM", THERE), STRANGER):
        with pytest.raises(NotAllowed):
            asked_for(kite, nobody)
    asked = asked_for(kite, ma)
    with pytest.raises(NotAllowed):
        signed(asked, by=Actor.stranger(THERE))
    signed(asked)
    with pytest.raises(NotAllowed):
        taken(asked, kite, chen)
    assert signing.asked_by(ma, asked.pk) == asked
    assert signing.asked_by(person(9, "Zhou", "OM", HERE), asked.pk) is None
    assert signing.asked_by(STRANGER, asked.pk) is None
