"""Carry duties to groups, break them down, and name who else takes part."""

import django.db.models.deletion
import lotrinh.rules.duty_states
import lotrinh.rules.parts
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0004_kinds_of_duty'),
        ('units', '0013_who_issues_judges'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DutyPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, unique=True)),
                ('part', models.CharField(choices=[(lotrinh.rules.parts.Part['COORDINATE'], lotrinh.rules.parts.Part['COORDINATE']), (lotrinh.rules.parts.Part['ADVISE'], lotrinh.rules.parts.Part['ADVISE']), (lotrinh.rules.parts.Part['MONITOR'], lotrinh.rules.parts.Part['MONITOR']), (lotrinh.rules.parts.Part['APPRAISE'], lotrinh.rules.parts.Part['APPRAISE']), (lotrinh.rules.parts.Part['SUBMIT'], lotrinh.rules.parts.Part['SUBMIT']), (lotrinh.rules.parts.Part['APPROVE'], lotrinh.rules.parts.Part['APPROVE']), (lotrinh.rules.parts.Part['URGE'], lotrinh.rules.parts.Part['URGE'])], max_length=12)),
                ('since', models.DateField()),
                ('ended_on', models.DateField(null=True)),
            ],
            options={
                'db_table': 'duties_part',
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='duty',
            name='only_steps',
        ),
        migrations.RemoveConstraint(
            model_name='duty',
            name='duties_state',
        ),
        migrations.AddField(
            model_name='duty',
            name='drafting_key',
            field=models.UUIDField(null=True, unique=True),
        ),
        migrations.AlterField(
            model_name='duty',
            name='state',
            field=models.CharField(choices=[(lotrinh.rules.duty_states.DutyState['DRAFT'], lotrinh.rules.duty_states.DutyState['DRAFT']), (lotrinh.rules.duty_states.DutyState['SPREAD'], lotrinh.rules.duty_states.DutyState['SPREAD']), (lotrinh.rules.duty_states.DutyState['WITHDRAWN'], lotrinh.rules.duty_states.DutyState['WITHDRAWN']), (lotrinh.rules.duty_states.DutyState['ISSUED'], lotrinh.rules.duty_states.DutyState['ISSUED']), (lotrinh.rules.duty_states.DutyState['REFUSING'], lotrinh.rules.duty_states.DutyState['REFUSING']), (lotrinh.rules.duty_states.DutyState['REFUSED'], lotrinh.rules.duty_states.DutyState['REFUSED']), (lotrinh.rules.duty_states.DutyState['ACCEPTED'], lotrinh.rules.duty_states.DutyState['ACCEPTED']), (lotrinh.rules.duty_states.DutyState['CLAIMED'], lotrinh.rules.duty_states.DutyState['CLAIMED']), (lotrinh.rules.duty_states.DutyState['RETURNED'], lotrinh.rules.duty_states.DutyState['RETURNED']), (lotrinh.rules.duty_states.DutyState['CONTESTED'], lotrinh.rules.duty_states.DutyState['CONTESTED']), (lotrinh.rules.duty_states.DutyState['DONE'], lotrinh.rules.duty_states.DutyState['DONE']), (lotrinh.rules.duty_states.DutyState['SUSPENDED'], lotrinh.rules.duty_states.DutyState['SUSPENDED']), (lotrinh.rules.duty_states.DutyState['CANCELLED'], lotrinh.rules.duty_states.DutyState['CANCELLED'])], default=lotrinh.rules.duty_states.DutyState['DRAFT'], max_length=12),
        ),
        migrations.AlterField(
            model_name='dutyevent',
            name='step',
            field=models.CharField(choices=[(lotrinh.rules.duty_states.Step['AMEND'], lotrinh.rules.duty_states.Step['AMEND']), (lotrinh.rules.duty_states.Step['ISSUE'], lotrinh.rules.duty_states.Step['ISSUE']), (lotrinh.rules.duty_states.Step['WITHDRAW'], lotrinh.rules.duty_states.Step['WITHDRAW']), (lotrinh.rules.duty_states.Step['SPREAD'], lotrinh.rules.duty_states.Step['SPREAD']), (lotrinh.rules.duty_states.Step['GATHER'], lotrinh.rules.duty_states.Step['GATHER']), (lotrinh.rules.duty_states.Step['ACCEPT'], lotrinh.rules.duty_states.Step['ACCEPT']), (lotrinh.rules.duty_states.Step['REFUSE'], lotrinh.rules.duty_states.Step['REFUSE']), (lotrinh.rules.duty_states.Step['RELEASE'], lotrinh.rules.duty_states.Step['RELEASE']), (lotrinh.rules.duty_states.Step['UPHOLD'], lotrinh.rules.duty_states.Step['UPHOLD']), (lotrinh.rules.duty_states.Step['REPORT'], lotrinh.rules.duty_states.Step['REPORT']), (lotrinh.rules.duty_states.Step['CLAIM'], lotrinh.rules.duty_states.Step['CLAIM']), (lotrinh.rules.duty_states.Step['VERIFY'], lotrinh.rules.duty_states.Step['VERIFY']), (lotrinh.rules.duty_states.Step['RETURN'], lotrinh.rules.duty_states.Step['RETURN']), (lotrinh.rules.duty_states.Step['CONTEST'], lotrinh.rules.duty_states.Step['CONTEST']), (lotrinh.rules.duty_states.Step['OVERRULE'], lotrinh.rules.duty_states.Step['OVERRULE']), (lotrinh.rules.duty_states.Step['DISMISS'], lotrinh.rules.duty_states.Step['DISMISS']), (lotrinh.rules.duty_states.Step['REOPEN'], lotrinh.rules.duty_states.Step['REOPEN']), (lotrinh.rules.duty_states.Step['ASK'], lotrinh.rules.duty_states.Step['ASK']), (lotrinh.rules.duty_states.Step['EXTEND'], lotrinh.rules.duty_states.Step['EXTEND']), (lotrinh.rules.duty_states.Step['DECLINE'], lotrinh.rules.duty_states.Step['DECLINE']), (lotrinh.rules.duty_states.Step['SUSPEND'], lotrinh.rules.duty_states.Step['SUSPEND']), (lotrinh.rules.duty_states.Step['RESUME'], lotrinh.rules.duty_states.Step['RESUME']), (lotrinh.rules.duty_states.Step['CANCEL'], lotrinh.rules.duty_states.Step['CANCEL']), (lotrinh.rules.duty_states.Step['TRANSFER'], lotrinh.rules.duty_states.Step['TRANSFER']), (lotrinh.rules.duty_states.Step['HAND'], lotrinh.rules.duty_states.Step['HAND']), (lotrinh.rules.duty_states.Step['INSTRUCT'], lotrinh.rules.duty_states.Step['INSTRUCT']), (lotrinh.rules.duty_states.Step['REMIND'], lotrinh.rules.duty_states.Step['REMIND'])], max_length=12),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duty',
            trigger=pgtrigger.compiler.Trigger(name='only_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{accepted:cancelled,accepted:claimed,accepted:issued,accepted:suspended,claimed:cancelled,claimed:done,claimed:returned,contested:cancelled,contested:done,contested:returned,done:returned,draft:issued,draft:spread,draft:withdrawn,issued:accepted,issued:cancelled,issued:claimed,issued:refusing,issued:suspended,issued:withdrawn,refusing:accepted,refusing:cancelled,refusing:issued,refusing:refused,returned:cancelled,returned:claimed,returned:contested,returned:issued,returned:suspended,spread:draft,suspended:accepted,suspended:cancelled,suspended:issued}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='03e4da9da606d8519d0ac166e329faea0bceddbc', operation='UPDATE', pgid='pgtrigger_only_steps_4c610', table='duties_duty', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [lotrinh.rules.duty_states.DutyState['DRAFT'], lotrinh.rules.duty_states.DutyState['SPREAD'], lotrinh.rules.duty_states.DutyState['WITHDRAWN'], lotrinh.rules.duty_states.DutyState['ISSUED'], lotrinh.rules.duty_states.DutyState['REFUSING'], lotrinh.rules.duty_states.DutyState['REFUSED'], lotrinh.rules.duty_states.DutyState['ACCEPTED'], lotrinh.rules.duty_states.DutyState['CLAIMED'], lotrinh.rules.duty_states.DutyState['RETURNED'], lotrinh.rules.duty_states.DutyState['CONTESTED'], lotrinh.rules.duty_states.DutyState['DONE'], lotrinh.rules.duty_states.DutyState['SUSPENDED'], lotrinh.rules.duty_states.DutyState['CANCELLED']])), name='duties_state'),
        ),
        migrations.AddField(
            model_name='dutypart',
            name='duty',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken_parts', to='duties.duty'),
        ),
        migrations.AddField(
            model_name='dutypart',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts_taken', to='units.unit'),
        ),
        migrations.AddConstraint(
            model_name='dutypart',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('duty', 'unit', 'part'), name='duties_part_once'),
        ),
        migrations.AddConstraint(
            model_name='dutypart',
            constraint=models.CheckConstraint(condition=models.Q(('part__in', [lotrinh.rules.parts.Part['COORDINATE'], lotrinh.rules.parts.Part['ADVISE'], lotrinh.rules.parts.Part['MONITOR'], lotrinh.rules.parts.Part['APPRAISE'], lotrinh.rules.parts.Part['SUBMIT'], lotrinh.rules.parts.Part['APPROVE'], lotrinh.rules.parts.Part['URGE']])), name='duties_part_known'),
        ),
    ]
