"""A worker of its own, in its own process, to be killed in the middle of a reaction.

python -m tests.kernel.killable worker|naive 2026-11-02T04:00:00+00:00
"""

from __future__ import annotations

import sys
from datetime import datetime

import django
from django.conf import settings


def naive(now: datetime) -> None:
    """Deliver as one would at first: the reaction, and then, in a transaction of its own, the mark that it is done."""
    from guiju.kernel import news
    from guiju.kernel.actor import Actor
    from guiju.kernel.models import Delivery
    from tests.toy import reactions

    for delivery in Delivery.objects.filter(state=Delivery.State.PENDING, next_at__lte=now):
        by = Actor.system("news").consequence_of(delivery.news.entry_key)
        reactions.land(news.read(delivery.news), by=by, at=now)
        Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.DONE, done_at=now)


def main() -> None:
    how, now = sys.argv[1], datetime.fromisoformat(sys.argv[2])
    settings.INSTALLED_APPS = ["guiju.kernel", "django.contrib.auth", "django.contrib.contenttypes", "tests.toy"]
    settings.AUTH_USER_MODEL = "auth.User"
    settings.GUIJU_RIGHTS = "tests.toy.rights.RIGHTS"
    django.setup()
    from guiju.kernel import news
    from tests.toy import events, reactions

    news.subscribe(events.Flown, reactions.land)
    if how == "naive":
        naive(now)
    else:
        news.deliver_due(now)


main()
