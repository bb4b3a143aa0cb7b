"""An item of the final test in versions, as those of the bench: what was tested keeps the limits of its day."""

import django.utils.timezone
from django.db import migrations, models

import guiju.kernel.constraints


def end_those_put_aside(apps, schema_editor):
    """What was no longer asked for has ended."""
    items = apps.get_model("quality", "ChecklistItem").objects.filter(is_active=False)
    items.update(until=django.utils.timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ("quality", "0002_lists_of_a_million"),
    ]

    operations = [
        migrations.AddField("ChecklistItem", "since", models.DateTimeField(default=django.utils.timezone.now), preserve_default=False),
        migrations.AddField("ChecklistItem", "until", models.DateTimeField(null=True)),
        migrations.RunPython(end_those_put_aside, migrations.RunPython.noop),
        migrations.RemoveField("ChecklistItem", "is_active"),
        migrations.AlterField("ChecklistItem", "code", models.CharField(max_length=40)),
        migrations.AddConstraint(
            "ChecklistItem",
            models.UniqueConstraint(fields=["code", "version"], name="a_checklist_item_version_exists_once"),
        ),
        migrations.AddConstraint(
            "ChecklistItem",
            models.UniqueConstraint(
                condition=models.Q(until__isnull=True), fields=["code"], name="one_version_of_a_checklist_item_is_in_force"
            ),
        ),
        migrations.AddConstraint(
            "ChecklistItem",
            guiju.kernel.constraints.AppendOnly(may_change=["until"], name="a_checklist_item_is_never_rewritten"),
        ),
        migrations.AddConstraint(
            "ChecklistItem",
            guiju.kernel.constraints.Never(events=("UPDATE",), name="a_checklist_item_ends_once", when="OLD.until IS NOT NULL"),
        ),
    ]
