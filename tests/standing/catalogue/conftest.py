"""A catalogue to look things up in."""

from __future__ import annotations

import pytest

from guiju.kernel.actor import Actor
from guiju.standing.catalogue import actions as catalogue
from guiju.standing.catalogue.models import ProductLine
from tests.cast import NOON


@pytest.fixture
def lines(nie: Actor) -> dict[str, ProductLine]:
    """The starter lists, and their product lines by code."""
    catalogue.load_starter(by=nie, at=NOON)
    return {line.code: line for line in ProductLine.objects.all()}
