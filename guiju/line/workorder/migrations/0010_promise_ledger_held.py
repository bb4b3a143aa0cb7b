"""What holds the ledger of promises together."""

import guiju.kernel.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workorder', '0009_promise_ledger_filled'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='promiserevision',
            name='accepted',
        ),
        migrations.AddConstraint(
            model_name='holdspan',
            constraint=models.CheckConstraint(condition=models.Q(('is_paused', False), ('hold__in', ['ADDRESS_ACCESS', 'CUSTOMER_REQUEST', 'CUSTOMER_UNREACHABLE']), _connector='OR'), name='hold_span_pauses_for_the_customer_alone'),
        ),
        migrations.AddConstraint(
            model_name='promiseoutcome',
            constraint=guiju.kernel.constraints.AppendOnly(name='promise_outcome_is_never_rewritten'),
        ),
        migrations.AddConstraint(
            model_name='promiserevision',
            constraint=models.UniqueConstraint(fields=('order', 'number'), name='promise_revision_has_its_number_once'),
        ),
        migrations.AddConstraint(
            model_name='promiserevision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cause', 'FIRST'), ('number', 0), ('old_at__isnull', True)), models.Q(('number__gt', 0), ('old_at__isnull', False), models.Q(('cause', 'FIRST'), _negated=True)), _connector='OR'), name='promise_revision_but_the_first_names_the_one_before'),
        ),
        migrations.AddConstraint(
            model_name='promiserevision',
            constraint=models.CheckConstraint(condition=models.Q(('cause__in', ['CUSTOMER', 'DIAGNOSIS', 'FIRST', 'OTHER', 'PART', 'QUOTE', 'RECEIPT', 'SOONER', 'TEST_FAILED', 'WORKLOAD'])), name='promise_revision_has_a_known_cause'),
        ),
        migrations.AddConstraint(
            model_name='promiserevision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed', ''), ('agreed_at__isnull', True)), models.Q(('agreed__in', ['CODE', 'RECORDED', 'SIGNATURE', 'TERMS']), ('agreed_at__gte', models.F('at')), ('agreed_at__isnull', False)), _connector='OR'), name='promise_revision_was_agreed_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='promiserevision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed', 'SIGNATURE'), _negated=True), ('signature__isnull', False), _connector='OR'), name='promise_revision_that_is_signed_has_its_signature'),
        ),
        migrations.AddConstraint(
            model_name='promiserevision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed', 'RECORDED'), _negated=True), models.Q(('agreed_note', ''), _negated=True), _connector='OR'), name='promise_revision_by_word_says_what_was_said'),
        ),
        migrations.AddConstraint(
            model_name='promiserevision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cause', 'PART'), _negated=True), ('agreed', 'SIGNATURE'), _connector='OR'), name='promise_revision_for_a_part_is_signed'),
        ),
        migrations.AddConstraint(
            model_name='promiserevision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cause', 'CUSTOMER'), _negated=True), models.Q(('agreed', ''), _negated=True), _connector='OR'), name='promise_revision_of_the_customer_is_agreed'),
        ),
        migrations.AddConstraint(
            model_name='promiserevision',
            constraint=guiju.kernel.constraints.Never(events=('INSERT',), name='promise_revision_follows_the_one_before', when='NEW.number > 0 AND NOT EXISTS (SELECT 1 FROM workorder_promiserevision before WHERE before.order_id = NEW.order_id AND before.number = NEW.number - 1 AND before.new_at = NEW.old_at)'),
        ),
        migrations.AddConstraint(
            model_name='promiserevision',
            constraint=guiju.kernel.constraints.Never(events=('INSERT',), name='promise_revision_takes_the_place_of_what_stands', when='NEW.number > 0 AND NOT EXISTS (SELECT 1 FROM workorder_workorder o WHERE o.id = NEW.order_id AND o.promised_at = NEW.old_at)'),
        ),
        migrations.AddConstraint(
            model_name='promiserevision',
            constraint=guiju.kernel.constraints.Never(events=('UPDATE',), name='promise_revision_is_agreed_once', when="OLD.agreed <> ''"),
        ),
        migrations.AddConstraint(
            model_name='promiserevision',
            constraint=guiju.kernel.constraints.AppendOnly(may_change=('agreed', 'agreed_at', 'agreed_note', 'signature'), name='promise_revision_is_never_rewritten'),
        ),
        migrations.AddConstraint(
            model_name='workorder',
            constraint=guiju.kernel.constraints.Never(events=('UPDATE',), name='work_order_promise_never_changes_silently', when='OLD."promised_at" IS NOT NULL AND (NEW."promised_at" IS NULL OR NEW."promised_at" <> OLD."promised_at") AND NOT EXISTS (SELECT 1 FROM workorder_promiserevision said WHERE said.order_id = OLD.id AND said.old_at = OLD."promised_at" AND said.new_at = NEW."promised_at" AND NOT EXISTS (SELECT 1 FROM workorder_promiserevision after WHERE after.order_id = OLD.id AND after.number > said.number))'),
        ),
        migrations.AddConstraint(
            model_name='workorder',
            constraint=guiju.kernel.constraints.Never(events=('UPDATE',), name='work_order_first_promise_is_in_the_ledger', when='OLD."promised_at" IS NULL AND NEW."promised_at" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM workorder_promiserevision said WHERE said.order_id = OLD.id AND said.number = 0 AND said.new_at = NEW."promised_at" AND said.new_at = NEW."first_promised_at")'),
        ),
    ]
