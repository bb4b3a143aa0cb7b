"""That a worker lives: it says so every few seconds, and whoever watches sees when it stops."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max

from .models import Beat

# Who has been silent for so long will not come back under that name.
FORGOTTEN_AFTER = timedelta(days=1)


def beat(worker: str, *, at: datetime) -> None:
    """Tell that this worker lives."""
    if not Beat.objects.filter(worker=worker).update(at=at):
        Beat.objects.filter(at__lt=at - FORGOTTEN_AFTER).delete()
        Beat.objects.update_or_create(worker=worker, defaults={"at": at})


def last() -> datetime | None:
    """When the last worker last told that it lives; None if none ever did."""
    found: datetime | None = Beat.objects.aggregate(last=Max("at"))["last"]
    return found
