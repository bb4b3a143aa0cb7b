"""What customers signed to leave here until now is no longer called given to them."""

from django.db import migrations


def rename(apps, schema_editor):
    """The old parts of jobs whose hand-over says so."""
    given, old = apps.get_model("cashier", "HandOver"), apps.get_model("storeroom", "OldPart")
    left = given.objects.filter(old_parts__in=["SHOWN", "WAIVED"]).values("order")
    old.objects.filter(order__in=left, outcome="RETURN_TO_CUSTOMER").update(outcome="WAIVED")


class Migration(migrations.Migration):

    dependencies = [
        ("cashier", "0006_dearer_units"),
        ("storeroom", "0003_old_parts_left_here"),
    ]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
