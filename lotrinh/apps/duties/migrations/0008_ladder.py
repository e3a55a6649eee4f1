"""Remind by a ladder: its rungs as reference data, and the notices that people were given."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid_utils.compat
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange

RUNGS = (
    ("due_soon", -3, ["person"], "Sắp đến hạn", "Due soon"),
    ("overdue", 1, ["person", "leader"], "Quá hạn", "Overdue"),
    ("reminder_1", 4, ["person"], "Đôn đốc lần 1", "First reminder"),
    ("reminder_2", 8, ["person", "leader"], "Đôn đốc lần 2", "Second reminder"),
    ("reminder_3", 12, ["person", "leader"], "Đôn đốc lần 3", "Third reminder"),
    ("escalation", 15, ["leader", "creditor", "above"], "Báo cáo cấp trên", "Taken one level up"),
)
"""The ladder that an installation begins with, in days from the deadline that holds."""


def set_up_ladder(apps, schema_editor):
    """Every installation has the first ladder, for every kind of duty and every day."""
    rows = apps.get_model("duties", "LadderRung").objects.using(schema_editor.connection.alias)
    for code, days, informed, name_vi, name_en in RUNGS:
        rows.create(
            code=code,
            days=days,
            informed=informed,
            name_vi=name_vi,
            name_en=name_en,
            valid=DateRange(None, None),
        )


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0007_overdue_in_order'),
        ('units', '0013_who_issues_judges'),
    ]

    operations = [
        migrations.CreateModel(
            name='LadderRung',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=30)),
                ('kind', models.CharField(blank=True, max_length=30)),
                ('days', models.SmallIntegerField()),
                ('informed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), size=None)),
                ('name_vi', models.CharField(max_length=100)),
                ('name_en', models.CharField(max_length=100)),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                'db_table': 'duties_ladder_rung',
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('kind', '='), ('code', '='), ('valid', '&&')], name='duties_ladder_one_rung_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, unique=True)),
                ('rung', models.CharField(max_length=30)),
                ('due', models.DateField()),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='duties.duty')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='units.person')),
            ],
            options={
                'db_table': 'duties_notice',
                'indexes': [models.Index(fields=['person', '-on', '-id'], name='duties_notice_by_person')],
                'constraints': [models.UniqueConstraint(fields=('duty', 'rung', 'due', 'person'), name='duties_notice_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dc68acc194cb6a517209b5ca919979cd7ffefd21', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_95c0a', table='duties_notice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot truncate rows from % table', TG_TABLE_NAME;", hash='c39dec926d6798b86b555bdc03f4904b4ae48117', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_17e74', table='duties_notice', when='BEFORE')),
        ),
        migrations.RunPython(set_up_ladder, migrations.RunPython.noop),
    ]
