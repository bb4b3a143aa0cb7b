"""The bench."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guiju.desks.bench.steps import STEPS as BENCH
from guiju.standing.pricing.models import PriceLine
from tests.access.said import HOLD, Fill, Said, Typed, named, plainly, proposal
from tests.access.scene import Scene


def _quote(scene: Scene) -> Typed:
    line = PriceLine.objects.get(price_list=scene.shop.price_list, item=scene.shop.labour).pk
    return {"service_hours": "8", "rows": "3", "what_0": str(line), "quantity_0": "1", "price_0": "90"}


def _dispute(**more: Any) -> Fill:
    return lambda scene: (
        {"request": scene.request(str(more["of"])).number} | {name: text for name, text in more.items() if name != "of"}
    )


OPENED: Mapping[str, str] = dict.fromkeys(("bench:job", "bench:parts", "bench:do"), "accepted")
# The verb in the address of a page that is opened.
FIRST: Mapping[str, str] = {"bench:do": "start-diagnosis"}
BENCH_TYPED: Mapping[str, Said] = {
    "accept": Said(at="dispatched"),
    "refuse": Said(plainly(reason="No time today"), "dispatched"),
    "start-diagnosis": Said(at="accepted"),
    "approve-free": Said(at="free"),
    "diagnose": Said(
        lambda scene: {"fault": scene.shop.fault.pk, "cause": scene.shop.defect.pk, "findings": "The belt is worn"},
        "diagnosing",
    ),
    "quote": Said(_quote, "diagnosed"),
    "revise-quote": Said(_quote, "quoted"),
    "ask-exception": Said(
        plainly(code="COMP-1", unit_minor="700", reason="PRICE_ROSE", note="It rose since"), "diagnosed"
    ),
    "no-fault": Said(plainly(tests="Three washes", demonstration_offered="on"), "diagnosing"),
    "ask-part": Said(plainly(part="COMP-1", quantity="1"), "repairing"),
    "cancel-part": Said(_dispute(of="asked"), "asked"),
    "commitment": Said(proposal, "on order"),
    "wait": Said(at="signed"),
    "start-repair": Said(at="issued"),
    "fit": Said(_dispute(of="repairing", quantity="1", old_condition="Burnt", old_outcome="SCRAP"), "repairing"),
    "labour": Said(plainly(minutes="30", task="Belt"), "repairing"),
    # It runs there already, and runs on.
    "start-timer": Said(at="timed"),
    "switch-timer": Said(at="repairing"),
    "stop-timer": Said(plainly(task="Belt"), "timed"),
    "correct-labour": Said(
        lambda scene: {"entry": scene.labour("finishing").pk, "minutes": "20", "reason": "Typed twice"}, "finishing"
    ),
    "checks": Said(lambda scene: {f"item_{scene.work_check.pk}": "yes"}, "repairing"),
    "finish": Said(plainly(work_done="Belt changed"), "finishing"),
    "unrepairable": Said(plainly(reason="EOL_PART", note="The maker is gone"), "diagnosed"),
    "return": Said(plainly(reassembled="on", accessories_complete="on", safety_checked="on", shelf="A-02"), "no fault"),
    "hold": Said(HOLD, "accepted"),
    "release": Said(at="held"),
    "resume": Said(at="resumable"),
}
VERBS: Mapping[str, tuple[Said, ...]] = {"bench:do": named(BENCH_TYPED, BENCH)}
