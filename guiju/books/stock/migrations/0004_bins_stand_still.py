"""A bin stands still while it is counted."""

import django.db.models.deletion
import guiju.kernel.constraints
from django.db import migrations, models

_COUNTED_BINS = (
    "EXISTS (SELECT 1 FROM stock_stockaccount AS source, stock_stockaccount AS target, stock_standstill AS still"
    " WHERE source.id = NEW.source_id AND target.id = NEW.target_id"
    " AND coalesce(source.bin_id, 0) <> coalesce(target.bin_id, 0) AND still.bin_id IN (source.bin_id, target.bin_id)"
)


class Migration(migrations.Migration):

    dependencies = [
        ('stock', '0003_moves_are_a_list'),
    ]

    operations = [
        migrations.CreateModel(
            name='Standstill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(max_length=80)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('last_move_id', models.BigIntegerField(null=True)),
                ('bin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.bin')),
            ],
            options={
                'indexes': [models.Index(fields=['bin', 'ends_at'], name='standstill_of_a_bin')],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('ends_at__isnull', True)), fields=('bin',), name='a_bin_stands_still_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ends_at__isnull', True), ('last_move_id__isnull', True)), models.Q(('ends_at__gte', models.F('starts_at')), ('last_move_id__isnull', False)), _connector='OR'), name='a_standstill_ends_after_it_starts'),
                    guiju.kernel.constraints.AppendOnly(may_change=('ends_at', 'last_move_id'), name='a_standstill_is_kept'),
                    guiju.kernel.constraints.Never(events=('UPDATE',), name='a_standstill_ends_once', when='OLD.ends_at IS NOT NULL'),
                ],
            },
        ),
        # Only remembered here: written when the migration is done (kernel.installing). Django would remake SQLite's table for it.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddConstraint(
                    model_name='stockmove',
                    constraint=guiju.kernel.constraints.Never(events=('INSERT',), name='stockmove_waits_for_the_count_of_its_bin', when=f'{_COUNTED_BINS} AND still.ends_at IS NULL)'),
                ),
                migrations.AddConstraint(
                    model_name='stockmove',
                    constraint=guiju.kernel.constraints.Never(events=('INSERT',), name='stockmove_is_later_than_the_count_of_its_bin', when=f'{_COUNTED_BINS} AND NEW.at < still.ends_at)'),
                ),
            ],
        ),
    ]
