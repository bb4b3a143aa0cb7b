"""Every promise that was given before there was a ledger, and what became of it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import migrations

FIRST = {"msgid": "The first promise", "params": {}}


def fill(apps, schema_editor):
    """Number the revisions of each order behind its first promise.

    Who agreed at that time agreed by word: whether it was signed stands in the commitment or the quote.
    """
    orders, lines = apps.get_model("workorder", "WorkOrder"), apps.get_model("workorder", "PromiseRevision")
    for order in orders.objects.exclude(first_promised_at=None).iterator():
        at = order.registered_at or order.opened_at
        for number, line in enumerate(lines.objects.filter(order=order).order_by("pk"), start=1):
            line.number, line.cause = number, "OTHER"
            if line.accepted:
                line.agreed, line.agreed_at, line.agreed_note = "RECORDED", line.at, "Before there was a ledger"
            line.save()
        lines.objects.create(
            order=order, number=0, new_at=order.first_promised_at, cause="FIRST", reason=FIRST, accepted=True,
            agreed="TERMS", agreed_at=at, at=at, actor_name="",
        )


def judge(apps, schema_editor):
    """Write down for each order that was ready whether it was in time, as `queries.kept_until` does."""
    orders, outcomes = apps.get_model("workorder", "WorkOrder"), apps.get_model("workorder", "PromiseOutcome")
    lines, holds = apps.get_model("workorder", "PromiseRevision"), apps.get_model("workorder", "HoldSpan")
    for order in orders.objects.exclude(ready_at=None).exclude(first_promised_at=None).select_related("unit").iterator():
        ledger = list(lines.objects.filter(order=order).order_by("number"))
        agreed = next((line for line in reversed(ledger) if line.agreed), ledger[0])
        spans = list(holds.objects.filter(order=order, is_paused=True))
        waited = [_waited(spans, line.at, order.ready_at) for line in (ledger[0], agreed)]
        outcomes.objects.create(
            order=order, unit=order.unit, technician_id=order.technician_id,
            first_at=ledger[0].new_at, agreed_at=agreed.new_at, last_at=ledger[-1].new_at, ready_at=order.ready_at,
            ready_on=order.ready_at.astimezone(ZoneInfo(order.unit.time_zone)).date(), revisions=ledger[-1].number,
            paused_first_seconds=waited[0] // timedelta(seconds=1), paused_agreed_seconds=waited[1] // timedelta(seconds=1),
            late_first_minutes=_late(order.ready_at, ledger[0].new_at + waited[0]),
            late_agreed_minutes=_late(order.ready_at, agreed.new_at + waited[1]),
        )


def _waited(spans, since, until):
    parts = [min(span.ends_at or until, until) - max(span.starts_at, since) for span in spans]
    return sum((part for part in parts if part > timedelta()), timedelta())


def _late(ready_at, due_at):
    return max(0, -((due_at - ready_at) // timedelta(minutes=1)))


class Migration(migrations.Migration):

    dependencies = [
        ("workorder", "0008_promise_ledger"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(judge, migrations.RunPython.noop),
    ]
