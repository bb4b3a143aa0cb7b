"""Where a repair that did not hold came back, as what, and who had made it."""

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    """Tell it of those that are linked already; how many days lay between nobody wrote down."""
    orders = apps.get_model("workorder", "WorkOrder")
    for row in apps.get_model("workorder", "ComeBack").objects.select_related("order").iterator():
        first = orders.objects.filter(number=row.earlier_number).first()
        row.unit_id, row.order_number = row.order.unit_id, row.order.number
        row.technician_id = first.technician_id if first else None
        row.save()


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_found_by_their_beginning'),
        ('workorder', '0012_deposit_before_parts'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='comeback',
            name='come_back_is_never_rewritten',
        ),
        migrations.AddField(
            model_name='comeback',
            name='bearer',
            field=models.CharField(default='OUTLET', max_length=10),
        ),
        migrations.AddField(
            model_name='comeback',
            name='days',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='comeback',
            name='order_number',
            field=models.CharField(default='', max_length=40, unique=True),
        ),
        migrations.AddField(
            model_name='comeback',
            name='technician',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='comeback',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
