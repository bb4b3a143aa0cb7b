"""The ledger of promises: room for its first line, its causes and its signatures."""

import django.db.models.deletion
import guiju.kernel.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0003_main_parts_and_proof'),
        ('customers', '0002_found_by_pieces'),
        ('kernel', '0005_seal_keys'),
        ('people', '0001_initial'),
        ('pricing', '0002_lists_of_a_million'),
        ('workorder', '0007_found_by_their_beginning'),
    ]

    operations = [
        migrations.CreateModel(
            name='PromiseOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_at', models.DateTimeField()),
                ('agreed_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('ready_at', models.DateTimeField()),
                ('ready_on', models.DateField()),
                ('revisions', models.PositiveSmallIntegerField()),
                ('paused_first_seconds', models.PositiveIntegerField()),
                ('paused_agreed_seconds', models.PositiveIntegerField()),
                ('late_first_minutes', models.PositiveIntegerField()),
                ('late_agreed_minutes', models.PositiveIntegerField()),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.AlterModelOptions(
            name='promiserevision',
            options={'ordering': ('order', 'number')},
        ),
        migrations.RemoveConstraint(
            model_name='promiserevision',
            name='promise_revision_is_never_rewritten',
        ),
        migrations.RemoveConstraint(
            model_name='workorder',
            name='work_order_promise_never_changes_silently',
        ),
        migrations.AddField(
            model_name='promiserevision',
            name='agreed',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='promiserevision',
            name='agreed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='promiserevision',
            name='agreed_note',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='promiserevision',
            name='basis',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='promiserevision',
            name='cause',
            field=models.CharField(default='x', max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='promiserevision',
            name='number',
            field=models.PositiveSmallIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='promiserevision',
            name='proof',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.evidence'),
        ),
        migrations.AddField(
            model_name='promiserevision',
            name='signature',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.evidence'),
        ),
        migrations.AddField(
            model_name='promiserevision',
            name='steps',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='promiserevision',
            name='old_at',
            field=models.DateTimeField(null=True),
        ),
        # PostgreSQL writes it for a column that may be empty now in other words.
        migrations.RemoveConstraint(
            model_name='promiserevision',
            name='promise_revision_changes_the_date',
        ),
        migrations.AddConstraint(
            model_name='promiserevision',
            constraint=models.CheckConstraint(condition=models.Q(('old_at', models.F('new_at')), _negated=True), name='promise_revision_changes_the_date'),
        ),
        migrations.AddField(
            model_name='promiseoutcome',
            name='order',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workorder.workorder'),
        ),
        migrations.AddField(
            model_name='promiseoutcome',
            name='technician',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='promiseoutcome',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit'),
        ),
        migrations.AddIndex(
            model_name='promiseoutcome',
            index=models.Index(fields=['unit', 'ready_at'], name='promise_outcome_of_unit'),
        ),
        migrations.AddIndex(
            model_name='promiseoutcome',
            index=models.Index(fields=['ready_at'], name='promise_outcome_anywhere'),
        ),
        migrations.AddIndex(
            model_name='promiseoutcome',
            index=models.Index(fields=['technician', 'ready_at'], name='promise_outcome_of_person'),
        ),
    ]
