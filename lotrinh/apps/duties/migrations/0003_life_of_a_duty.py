"""Give a duty its whole life: claims, extensions, evidence, and the steps that lead on."""

import django.db.models.deletion
import lotrinh.rules.duty_states
import pgtrigger.compiler
import pgtrigger.migrations
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


def keep_deadline(apps, schema_editor):
    """The deadline that holds is the original one: nothing could be extended before."""
    duties = apps.get_model("duties", "Duty").objects.using(schema_editor.connection.alias)
    duties.update(binding_due=models.F("due"))


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0010_documents_are_found'),
        ('duties', '0002_identity_and_keys'),
        ('files', '0002_declaration'),
        ('units', '0013_who_issues_judges'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
            ],
            options={
                'db_table': 'duties_evidence',
            },
        ),
        migrations.RemoveConstraint(
            model_name='duty',
            name='duties_issued_whole',
        ),
        migrations.RemoveConstraint(
            model_name='duty',
            name='duties_state',
        ),
        migrations.RemoveIndex(
            model_name='duty',
            name='duties_by_unit',
        ),
        migrations.AddField(
            model_name='duty',
            name='approved_due',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='duty',
            name='asked_due',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='duty',
            name='binding_due',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='duty',
            name='claimed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='duty',
            name='ended_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='duty',
            name='extensions',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='duty',
            name='handed_in_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='duty',
            name='leader',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.person'),
        ),
        migrations.AddField(
            model_name='duty',
            name='percent',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='duty',
            name='superior',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='duties.duty'),
        ),
        migrations.AddField(
            model_name='duty',
            name='updated_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='duty',
            name='verified_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='duty',
            name='verified_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='dutyevent',
            name='basis',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document'),
        ),
        migrations.AddField(
            model_name='dutyevent',
            name='details',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='dutyevent',
            name='note',
            field=models.CharField(blank=True, max_length=4000),
        ),
        migrations.AddField(
            model_name='dutyevent',
            name='on',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='duty',
            name='state',
            field=models.CharField(choices=[(lotrinh.rules.duty_states.DutyState['DRAFT'], lotrinh.rules.duty_states.DutyState['DRAFT']), (lotrinh.rules.duty_states.DutyState['WITHDRAWN'], lotrinh.rules.duty_states.DutyState['WITHDRAWN']), (lotrinh.rules.duty_states.DutyState['ISSUED'], lotrinh.rules.duty_states.DutyState['ISSUED']), (lotrinh.rules.duty_states.DutyState['REFUSING'], lotrinh.rules.duty_states.DutyState['REFUSING']), (lotrinh.rules.duty_states.DutyState['REFUSED'], lotrinh.rules.duty_states.DutyState['REFUSED']), (lotrinh.rules.duty_states.DutyState['ACCEPTED'], lotrinh.rules.duty_states.DutyState['ACCEPTED']), (lotrinh.rules.duty_states.DutyState['CLAIMED'], lotrinh.rules.duty_states.DutyState['CLAIMED']), (lotrinh.rules.duty_states.DutyState['RETURNED'], lotrinh.rules.duty_states.DutyState['RETURNED']), (lotrinh.rules.duty_states.DutyState['CONTESTED'], lotrinh.rules.duty_states.DutyState['CONTESTED']), (lotrinh.rules.duty_states.DutyState['DONE'], lotrinh.rules.duty_states.DutyState['DONE']), (lotrinh.rules.duty_states.DutyState['SUSPENDED'], lotrinh.rules.duty_states.DutyState['SUSPENDED']), (lotrinh.rules.duty_states.DutyState['CANCELLED'], lotrinh.rules.duty_states.DutyState['CANCELLED'])], default=lotrinh.rules.duty_states.DutyState['DRAFT'], max_length=12),
        ),
        migrations.AlterField(
            model_name='dutyevent',
            name='step',
            field=models.CharField(choices=[(lotrinh.rules.duty_states.Step['AMEND'], lotrinh.rules.duty_states.Step['AMEND']), (lotrinh.rules.duty_states.Step['ISSUE'], lotrinh.rules.duty_states.Step['ISSUE']), (lotrinh.rules.duty_states.Step['WITHDRAW'], lotrinh.rules.duty_states.Step['WITHDRAW']), (lotrinh.rules.duty_states.Step['ACCEPT'], lotrinh.rules.duty_states.Step['ACCEPT']), (lotrinh.rules.duty_states.Step['REFUSE'], lotrinh.rules.duty_states.Step['REFUSE']), (lotrinh.rules.duty_states.Step['RELEASE'], lotrinh.rules.duty_states.Step['RELEASE']), (lotrinh.rules.duty_states.Step['UPHOLD'], lotrinh.rules.duty_states.Step['UPHOLD']), (lotrinh.rules.duty_states.Step['REPORT'], lotrinh.rules.duty_states.Step['REPORT']), (lotrinh.rules.duty_states.Step['CLAIM'], lotrinh.rules.duty_states.Step['CLAIM']), (lotrinh.rules.duty_states.Step['VERIFY'], lotrinh.rules.duty_states.Step['VERIFY']), (lotrinh.rules.duty_states.Step['RETURN'], lotrinh.rules.duty_states.Step['RETURN']), (lotrinh.rules.duty_states.Step['CONTEST'], lotrinh.rules.duty_states.Step['CONTEST']), (lotrinh.rules.duty_states.Step['OVERRULE'], lotrinh.rules.duty_states.Step['OVERRULE']), (lotrinh.rules.duty_states.Step['DISMISS'], lotrinh.rules.duty_states.Step['DISMISS']), (lotrinh.rules.duty_states.Step['REOPEN'], lotrinh.rules.duty_states.Step['REOPEN']), (lotrinh.rules.duty_states.Step['ASK'], lotrinh.rules.duty_states.Step['ASK']), (lotrinh.rules.duty_states.Step['EXTEND'], lotrinh.rules.duty_states.Step['EXTEND']), (lotrinh.rules.duty_states.Step['DECLINE'], lotrinh.rules.duty_states.Step['DECLINE']), (lotrinh.rules.duty_states.Step['SUSPEND'], lotrinh.rules.duty_states.Step['SUSPEND']), (lotrinh.rules.duty_states.Step['RESUME'], lotrinh.rules.duty_states.Step['RESUME']), (lotrinh.rules.duty_states.Step['CANCEL'], lotrinh.rules.duty_states.Step['CANCEL']), (lotrinh.rules.duty_states.Step['TRANSFER'], lotrinh.rules.duty_states.Step['TRANSFER']), (lotrinh.rules.duty_states.Step['HAND'], lotrinh.rules.duty_states.Step['HAND']), (lotrinh.rules.duty_states.Step['INSTRUCT'], lotrinh.rules.duty_states.Step['INSTRUCT']), (lotrinh.rules.duty_states.Step['REMIND'], lotrinh.rules.duty_states.Step['REMIND'])], max_length=12),
        ),
        migrations.AddIndex(
            model_name='duty',
            index=models.Index(fields=['unit', 'state', 'binding_due'], name='duties_by_unit'),
        ),
        migrations.AddIndex(
            model_name='duty',
            index=models.Index(fields=['person', 'state', 'binding_due'], name='duties_by_person'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duty',
            trigger=pgtrigger.compiler.Trigger(name='only_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{accepted:cancelled,accepted:claimed,accepted:issued,accepted:suspended,claimed:cancelled,claimed:done,claimed:returned,contested:cancelled,contested:done,contested:returned,done:returned,draft:issued,draft:withdrawn,issued:accepted,issued:cancelled,issued:claimed,issued:refusing,issued:suspended,refusing:accepted,refusing:cancelled,refusing:issued,refusing:refused,returned:cancelled,returned:claimed,returned:contested,returned:issued,returned:suspended,suspended:accepted,suspended:cancelled,suspended:issued}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='ce8f5ee1ddc71b0f40dc20b8ede0439aff757c78', operation='UPDATE', pgid='pgtrigger_only_steps_4c610', table='duties_duty', when='BEFORE')),
        ),
        migrations.RunPython(keep_deadline, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', [lotrinh.rules.duty_states.DutyState['ISSUED'], lotrinh.rules.duty_states.DutyState['REFUSING'], lotrinh.rules.duty_states.DutyState['ACCEPTED'], lotrinh.rules.duty_states.DutyState['CLAIMED'], lotrinh.rules.duty_states.DutyState['RETURNED'], lotrinh.rules.duty_states.DutyState['CONTESTED'], lotrinh.rules.duty_states.DutyState['SUSPENDED'], lotrinh.rules.duty_states.DutyState['DONE']]), _negated=True), models.Q(('issued_on__isnull', False), ('person__isnull', False), ('unit__isnull', False)), _connector='OR'), name='duties_issued_whole'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [lotrinh.rules.duty_states.DutyState['DRAFT'], lotrinh.rules.duty_states.DutyState['WITHDRAWN'], lotrinh.rules.duty_states.DutyState['ISSUED'], lotrinh.rules.duty_states.DutyState['REFUSING'], lotrinh.rules.duty_states.DutyState['REFUSED'], lotrinh.rules.duty_states.DutyState['ACCEPTED'], lotrinh.rules.duty_states.DutyState['CLAIMED'], lotrinh.rules.duty_states.DutyState['RETURNED'], lotrinh.rules.duty_states.DutyState['CONTESTED'], lotrinh.rules.duty_states.DutyState['DONE'], lotrinh.rules.duty_states.DutyState['SUSPENDED'], lotrinh.rules.duty_states.DutyState['CANCELLED']])), name='duties_state'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', lotrinh.rules.duty_states.DutyState['DONE']), _negated=True), models.Q(('claimed_by__isnull', False), ('handed_in_on__isnull', False), ('verified_by__isnull', False), ('verified_on__isnull', False)), _connector='OR'), name='duties_done_is_verified'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_due__isnull', False), ('binding_due', models.F('approved_due'))), models.Q(('approved_due__isnull', True), ('binding_due', models.F('due'))), models.Q(('approved_due__isnull', True), ('binding_due__isnull', True), ('due__isnull', True)), _connector='OR'), name='duties_binding_due'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('verified_by__isnull', True), models.Q(('verified_by', models.F('claimed_by')), _negated=True), _connector='OR'), name='duties_two_people'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='blob',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.blob'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='duties.dutyevent'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(fields=('event', 'blob'), name='duties_evidence_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2a113f4f4dd0d0a123088c04a45dde48f330c345', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b2f34', table='duties_evidence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot truncate rows from % table', TG_TABLE_NAME;", hash='ca6bb2342900bbc668ce3009d69f23250ddacf04', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_42c73', table='duties_evidence', when='BEFORE')),
        ),
    ]
