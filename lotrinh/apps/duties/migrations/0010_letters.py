"""Let notices be marked as read, and one letter a day be kept until it has gone out."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0009_rhythm_of_reports'),
        ('units', '0013_who_issues_judges'),
    ]

    operations = [
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, unique=True)),
                ('on', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('next_at', models.DateTimeField()),
                ('tries', models.PositiveIntegerField(default=0)),
                ('trouble', models.CharField(blank=True, choices=[('unreachable', 'unreachable'), ('refused', 'refused')], max_length=20)),
                ('sent_at', models.DateTimeField(null=True)),
                ('dropped_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='digests', to='units.person')),
            ],
            options={
                'db_table': 'duties_digest',
            },
        ),
        migrations.CreateModel(
            name='DigestLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='duties.digest')),
                ('notice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='digest_line', to='duties.notice')),
            ],
            options={
                'db_table': 'duties_digest_line',
            },
        ),
        migrations.CreateModel(
            name='NoticeReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('notice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reading', to='duties.notice')),
            ],
            options={
                'db_table': 'duties_notice_reading',
            },
        ),
        migrations.AddIndex(
            model_name='digest',
            index=models.Index(condition=models.Q(('dropped_at', None), ('sent_at', None)), fields=['next_at', 'id'], name='duties_digest_waiting'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.UniqueConstraint(fields=('person', 'on'), name='duties_digest_one_a_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='digestline',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8ebdc68d23fe191b518f2d127e79bc73b52aa112', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d4149', table='duties_digest_line', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='digestline',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot truncate rows from % table', TG_TABLE_NAME;", hash='297b952fc22d47843c9ad393b1d70d5144309147', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_c4aac', table='duties_digest_line', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticereading',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cfcfd4d495f4f0ba2462f2d8463f9b2d77e9c016', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_85609', table='duties_notice_reading', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticereading',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot truncate rows from % table', TG_TABLE_NAME;", hash='774f6bb0e0c2c39f7a0ce3c486528ed99ed41fd7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_e9fbb', table='duties_notice_reading', when='BEFORE')),
        ),
    ]
