"""How a machine of Hypothesis that counts its own steps is walked, and what it says to a planted fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test


def walk(machine: Any, steps: int, *, at_once: int, times: int, phases: tuple[Phase, ...]) -> None:
    """Say so many verbs, at least.

    at_once, times   how many verbs a rule says, and how many rules an example has
    """
    while machine.steps < steps:
        # An example may end early.
        left = max(1, (steps - machine.steps) // (at_once * times) + 1)
        how = settings(
            max_examples=left, stateful_step_count=times, deadline=None, phases=phases, suppress_health_check=list(HealthCheck)
        )  # fmt: skip
        run_state_machine_as_test(machine, settings=how)


def found_in(
    machine: Any, twin: Callable[[], AbstractContextManager[Any]], walked: Callable[[], None]
) -> Iterator[str]:
    """What a walk says to a planted fault."""
    machine.steps = 0
    with twin():
        try:
            walked()
        except AssertionError as said:
            yield str(said)[:200]
