"""Count deadlines as offices do: calendar, rules of units, periods, precision of sources."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import lotrinh.rules.due_days
import lotrinh.rules.working_days
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


def free_what_recurs(apps, schema_editor):
    """What recurs is never late itself: the day that it had is the last of its periods."""
    duties = apps.get_model("duties", "Duty").objects.using(schema_editor.connection.alias)
    duties.exclude(recurrence="").update(binding_due=None)


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0005_carried_down'),
        ('units', '0013_who_issues_judges'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, unique=True)),
                ('day', models.DateField()),
                ('kind', models.CharField(choices=[(lotrinh.rules.working_days.DayKind['HOLIDAY'], lotrinh.rules.working_days.DayKind['HOLIDAY']), (lotrinh.rules.working_days.DayKind['WORKED'], lotrinh.rules.working_days.DayKind['WORKED'])], max_length=10)),
                ('name_vi', models.CharField(max_length=200)),
                ('name_en', models.CharField(max_length=200)),
                ('basis', models.CharField(blank=True, max_length=300)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('client_key', models.UUIDField(null=True, unique=True)),
            ],
            options={
                'db_table': 'duties_calendar_day',
            },
        ),
        migrations.CreateModel(
            name='CountingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, unique=True)),
                ('before', models.CharField(blank=True, choices=[(lotrinh.rules.due_days.Before['END_OF_EVE'], lotrinh.rules.due_days.Before['END_OF_EVE']), (lotrinh.rules.due_days.Before['START_OF_DAY'], lotrinh.rules.due_days.Before['START_OF_DAY'])], max_length=12)),
                ('closes_at', models.PositiveSmallIntegerField(null=True)),
                ('default_days', models.PositiveSmallIntegerField(null=True)),
                ('soon_days', models.PositiveSmallIntegerField(null=True)),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('client_key', models.UUIDField(null=True, unique=True)),
            ],
            options={
                'db_table': 'duties_counting_rule',
            },
        ),
        migrations.RemoveConstraint(
            model_name='duty',
            name='duties_binding_due',
        ),
        migrations.AddField(
            model_name='duty',
            name='period',
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name='dutysource',
            name='due',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='dutysource',
            name='is_inferred',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='dutysource',
            name='precision',
            field=models.CharField(blank=True, choices=[(lotrinh.rules.due_days.Precision['DAY'], lotrinh.rules.due_days.Precision['DAY']), (lotrinh.rules.due_days.Precision['MONTH'], lotrinh.rules.due_days.Precision['MONTH']), (lotrinh.rules.due_days.Precision['QUARTER'], lotrinh.rules.due_days.Precision['QUARTER']), (lotrinh.rules.due_days.Precision['YEAR'], lotrinh.rules.due_days.Precision['YEAR']), (lotrinh.rules.due_days.Precision['RANGE'], lotrinh.rules.due_days.Precision['RANGE']), (lotrinh.rules.due_days.Precision['OPEN_RANGE'], lotrinh.rules.due_days.Precision['OPEN_RANGE']), (lotrinh.rules.due_days.Precision['CONTINUOUS'], lotrinh.rules.due_days.Precision['CONTINUOUS']), (lotrinh.rules.due_days.Precision['RECURRING'], lotrinh.rules.due_days.Precision['RECURRING']), (lotrinh.rules.due_days.Precision['RELATIVE'], lotrinh.rules.due_days.Precision['RELATIVE']), (lotrinh.rules.due_days.Precision['NONE'], lotrinh.rules.due_days.Precision['NONE'])], max_length=10),
        ),
        migrations.RunPython(free_what_recurs, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('recurrence', ''), _negated=True), ('binding_due__isnull', True)), models.Q(('recurrence', ''), models.Q(models.Q(('approved_due__isnull', False), ('binding_due', models.F('approved_due'))), models.Q(('approved_due__isnull', True), ('binding_due', models.F('due'))), models.Q(('approved_due__isnull', True), ('binding_due__isnull', True), ('due__isnull', True)), _connector='OR')), _connector='OR'), name='duties_binding_due'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.UniqueConstraint(condition=models.Q(('period', ''), _negated=True), fields=('superior', 'period'), name='duties_once_a_period'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('period', ''), models.Q(('recurrence', ''), ('superior__isnull', False)), _connector='OR'), name='duties_period_of_one'),
        ),
        migrations.AddConstraint(
            model_name='calendarday',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('day',), name='duties_calendar_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='calendarday',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', [lotrinh.rules.working_days.DayKind['HOLIDAY'], lotrinh.rules.working_days.DayKind['WORKED']])), name='duties_calendar_kind'),
        ),
        migrations.AddField(
            model_name='countingrule',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counting_rules', to='units.unit'),
        ),
        migrations.AddConstraint(
            model_name='countingrule',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('unit', '='), ('valid', '&&')], name='duties_counting_one_rule_a_day'),
        ),
    ]
