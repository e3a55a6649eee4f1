"""What everybody may read: a schema of its own, and the record of every publication beside it.

The rights on the schema are granted after every migration, as all others are.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # No way back is given: what was published is not unpublished by taking a schema away.
        migrations.RunSQL("CREATE SCHEMA published", migrations.RunSQL.noop),
        migrations.CreateModel(
            name='PublicHeading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('as_of', models.DateField()),
                ('decision', models.CharField(max_length=200)),
                ('decided_on', models.DateField()),
                ('office_vi', models.CharField(max_length=300)),
                ('office_en', models.CharField(max_length=300)),
                ('published_at', models.DateTimeField()),
                ('sha256', models.CharField(max_length=64)),
            ],
            options={
                'db_table': '"published"."heading"',
            },
        ),
        migrations.CreateModel(
            name='PublicPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField()),
                ('number', models.CharField(blank=True, max_length=60)),
                ('title', models.CharField(blank=True, max_length=1000)),
                ('language', models.CharField(max_length=2)),
                ('issuer_vi', models.CharField(blank=True, max_length=300)),
                ('issuer_en', models.CharField(blank=True, max_length=300)),
                ('issued_on', models.DateField(null=True)),
                ('done_on_time', models.PositiveIntegerField()),
                ('done_late', models.PositiveIntegerField()),
                ('open_in_term', models.PositiveIntegerField()),
                ('open_overdue', models.PositiveIntegerField()),
                ('done_without_deadline', models.PositiveIntegerField()),
                ('open_without_deadline', models.PositiveIntegerField()),
                ('heading', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='publishing.publicheading')),
            ],
            options={
                'db_table': '"published"."paper"',
            },
        ),
        migrations.CreateModel(
            name='PublicPromise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField()),
                ('title', models.CharField(max_length=500)),
                ('language', models.CharField(max_length=2)),
                ('comparator', models.CharField(max_length=5)),
                ('planned', models.DecimalField(decimal_places=6, max_digits=30, null=True)),
                ('high', models.DecimalField(decimal_places=6, max_digits=30, null=True)),
                ('unit_of_measure', models.CharField(blank=True, max_length=60)),
                ('decimals', models.PositiveSmallIntegerField()),
                ('due', models.DateField(null=True)),
                ('is_soft', models.BooleanField()),
                ('agency_vi', models.CharField(blank=True, max_length=300)),
                ('agency_en', models.CharField(blank=True, max_length=300)),
                ('definition', models.CharField(blank=True, max_length=2000)),
                ('divided_by', models.CharField(blank=True, max_length=500)),
                ('data_source', models.CharField(blank=True, max_length=500)),
                ('clause', models.CharField(blank=True, max_length=200)),
                ('passage', models.TextField(blank=True)),
                ('verdict', models.CharField(max_length=20)),
                ('attainment', models.CharField(max_length=20)),
                ('because', models.CharField(blank=True, max_length=30)),
                ('basis', models.CharField(blank=True, max_length=20)),
                ('is_estimated', models.BooleanField()),
                ('is_added_up', models.BooleanField()),
                ('actual', models.DecimalField(decimal_places=6, max_digits=30, null=True)),
                ('numerator', models.DecimalField(decimal_places=6, max_digits=30, null=True)),
                ('denominator', models.DecimalField(decimal_places=6, max_digits=30, null=True)),
                ('period_vi', models.CharField(blank=True, max_length=100)),
                ('period_en', models.CharField(blank=True, max_length=100)),
                ('period_last', models.DateField(null=True)),
                ('is_held_back', models.BooleanField()),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='publishing.publicpaper')),
            ],
            options={
                'db_table': '"published"."promise"',
            },
        ),
        migrations.CreateModel(
            name='PublicPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField()),
                ('name_vi', models.CharField(max_length=300)),
                ('name_en', models.CharField(max_length=300)),
                ('level', models.DecimalField(decimal_places=6, max_digits=30, null=True)),
                ('is_held_back', models.BooleanField()),
                ('promise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='publishing.publicpromise')),
            ],
            options={
                'db_table': '"published"."part"',
            },
        ),
        migrations.CreateModel(
            name='PublicStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_vi', models.CharField(max_length=100)),
                ('name_en', models.CharField(max_length=100)),
                ('last', models.DateField()),
                ('basis', models.CharField(blank=True, max_length=20)),
                ('level', models.DecimalField(decimal_places=6, max_digits=30, null=True)),
                ('is_held_back', models.BooleanField()),
                ('promise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='publishing.publicpromise')),
            ],
            options={
                'db_table': '"published"."step"',
            },
        ),
        migrations.CreateModel(
            name='PublicationRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, unique=True)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('as_of', models.DateField()),
                ('decision', models.CharField(max_length=200)),
                ('decided_on', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('content', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('client_key', models.UUIDField(unique=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'publishing_publication',
                'constraints': [models.CheckConstraint(condition=models.Q(('decision', ''), _negated=True), name='publishing_decision_stated'), models.CheckConstraint(condition=models.Q(('decided_on__lte', models.F('as_of'))), name='publishing_decided_first')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicationrecord',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='754738ed6582f261ca5577ffd33b5a4b107ae123', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_44d44', table='publishing_publication', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicationrecord',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot truncate rows from % table', TG_TABLE_NAME;", hash='c3786f164c0895f4366609a463377808de15a39f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_5ea49', table='publishing_publication', when='BEFORE')),
        ),
    ]
