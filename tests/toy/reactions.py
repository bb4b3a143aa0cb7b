"""What follows when a kite has flown."""

from __future__ import annotations

import os
import time
from datetime import datetime
from pathlib import Path

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from tests.toy.events import Flown
from tests.toy.models import Kite, Landing

# A file that is written when the effect is done and nothing is durable yet; then the reaction waits to be killed.
HANG = "TOY_HANG"


def land(news: Flown, *, by: Actor, at: datetime) -> None:
    """It comes down again."""
    kite = Kite.objects.get(number=news.kite_number)
    with doing("toy.land", on=kite, by=by, at=at):
        Landing.objects.create(kite_number=news.kite_number, at=at)
    if file := os.environ.get(HANG):
        Path(file).touch()
        time.sleep(60)


def stumble(news: Flown, *, by: Actor, at: datetime) -> None:
    """Half of it is done when it fails."""
    Landing.objects.create(kite_number=news.kite_number, at=at)
    raise RuntimeError("The string broke.")
