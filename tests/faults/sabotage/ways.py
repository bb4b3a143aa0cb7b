"""How a control is taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Saboteur:
    """One control, how it is taken away, and where it should be missed.

    on_postgresql   SQLite lets one write at a time, so the loss is seen there alone
    """

    control: str
    commit: Callable[[], None]
    missed_in: str
    on_postgresql: bool = False


def without(name: str) -> Callable[[], None]:
    """Let the database hold no such constraint."""

    def commit() -> None:
        from django.apps import apps

        held = [(model, each) for model in apps.get_models() for each in model._meta.constraints if each.name == name]
        assert held, f"No model has a constraint {name}"
        for model, constraint in held:
            options: Any = model._meta
            options.constraints = [each for each in options.constraints if each is not constraint]

    return commit


def instead(path: str, name: str, value: Any) -> Callable[[], None]:
    """Put something else in its place: in a module, or in a class of it after the colon."""

    def commit() -> None:
        from importlib import import_module

        module, _, inside = path.partition(":")
        where = import_module(module)
        if inside:
            where = getattr(where, inside)
        assert hasattr(where, name), f"{path} has no {name}"
        setattr(where, name, value)

    return commit


def setting(**changed: Any) -> Callable[[], None]:
    def commit() -> None:
        from django.conf import settings

        for name, value in changed.items():
            setattr(settings, name, value)

    return commit


def no_middleware(ending: str) -> Callable[[], None]:
    def commit() -> None:
        from django.conf import settings

        kept = [each for each in settings.MIDDLEWARE if not each.endswith(ending)]
        assert len(kept) == len(settings.MIDDLEWARE) - 1
        settings.MIDDLEWARE = kept

    return commit
