
import django.db.models.deletion
import guiju.kernel.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0008_pieces'),
        ('people', '0002_found_by_their_beginning'),
        ('stock', '0005_pieces'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlanRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True)),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.store')),
                ('at', models.DateTimeField()),
                ('until', models.DateField()),
                ('months', models.PositiveIntegerField()),
                ('span_months', models.PositiveIntegerField()),
                ('engine', models.CharField(choices=[('WHOLE', 'The full rule'), ('PLAIN', 'The plain rule, because the extra guiju[planning] is not installed')], max_length=10)),
                ('version', models.CharField(max_length=20)),
                ('target_per_10000', models.PositiveIntegerField()),
                ('aim_per_10000', models.PositiveIntegerField()),
                ('is_learnt', models.BooleanField()),
                ('figures', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['store', '-id'], name='plan_of_a_store')],
                'constraints': [models.CheckConstraint(condition=models.Q(('engine__in', ['PLAIN', 'WHOLE'])), name='a_plan_is_reckoned_by_a_known_rule'), guiju.kernel.constraints.AppendOnly(name='a_plan_stays_as_it_was_reckoned')],
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='planning.planrun')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.part')),
                ('level', models.PositiveIntegerField()),
                ('before', models.PositiveIntegerField(null=True)),
                ('changes', models.BooleanField()),
                ('rate_milli', models.PositiveBigIntegerField()),
                ('service_per_10000', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('SMOOTH', 'Often and even'), ('ERRATIC', 'Often and uneven'), ('INTERMITTENT', 'Now and then'), ('LUMPY', 'Now and then, uneven'), ('NEW', 'Short history'), ('NONE', 'Never asked for')], max_length=14)),
                ('history', models.JSONField(default=list)),
                ('because', models.JSONField(default=list)),
                ('last_buy', models.PositiveIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('changes', True)), fields=['run', 'id'], name='suggestion_that_changes')],
                'constraints': [models.UniqueConstraint(fields=('run', 'part'), name='a_part_is_suggested_once_in_a_plan'), models.CheckConstraint(condition=models.Q(('kind__in', ['ERRATIC', 'INTERMITTENT', 'LUMPY', 'NEW', 'NONE', 'SMOOTH'])), name='a_suggestion_is_of_a_known_kind'), guiju.kernel.constraints.AppendOnly(name='a_suggestion_stays_as_it_was_reckoned')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('suggestion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='planning.suggestion')),
                ('suggested', models.PositiveIntegerField()),
                ('level', models.PositiveIntegerField()),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('decided_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('level', models.F('suggested')), models.Q(('reason', ''), _negated=True), _connector='OR'), name='another_level_than_suggested_has_a_reason'), guiju.kernel.constraints.Never(events=('INSERT',), name='a_decision_is_about_what_was_suggested', when='NEW.suggested <> (SELECT level FROM planning_suggestion WHERE id = NEW.suggestion_id)'), guiju.kernel.constraints.AppendOnly(name='a_suggestion_is_answered_for_good')],
            },
        ),
        migrations.CreateModel(
            name='StockLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.store')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.part')),
                ('level', models.PositiveIntegerField()),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='planning.decision')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('store', 'part'), name='a_part_has_one_level_in_a_store'), guiju.kernel.constraints.Never(events=('INSERT', 'UPDATE'), name='a_level_is_what_somebody_decided', when='NEW.level <> (SELECT level FROM planning_decision WHERE id = NEW.decision_id) OR NOT EXISTS (SELECT 1 FROM planning_decision AS d JOIN planning_suggestion AS s ON s.id = d.suggestion_id JOIN planning_planrun AS r ON r.id = s.run_id WHERE d.id = NEW.decision_id AND s.part_id = NEW.part_id AND r.store_id = NEW.store_id)')],
            },
        ),
    ]
