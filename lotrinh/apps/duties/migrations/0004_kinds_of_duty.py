"""The kinds of duty as reference data; all of them pass through the same steps."""

import django.contrib.postgres.fields.ranges
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange

KINDS = (
    ("task", "Nhiệm vụ", "Task"),
    ("own_programme", "Chương trình, kế hoạch của đơn vị", "Own programme"),
    ("period_report", "Báo cáo định kỳ", "Period report"),
    ("explanation", "Giải trình", "Explanation"),
    ("remedy", "Khắc phục", "Remedy"),
    ("answer", "Trả lời kiến nghị", "Answer"),
)


def name_kinds(apps, schema_editor):
    """Write the kinds that every installation begins with, valid on every day."""
    kinds = apps.get_model("duties", "DutyKind").objects.using(schema_editor.connection.alias)
    for code, name_vi, name_en in KINDS:
        kinds.get_or_create(
            code=code, valid=DateRange(None, None), defaults={"name_vi": name_vi, "name_en": name_en}
        )


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0003_life_of_a_duty'),
    ]

    operations = [
        migrations.CreateModel(
            name='DutyKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=30)),
                ('name_vi', models.CharField(max_length=100)),
                ('name_en', models.CharField(max_length=100)),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('legal_basis', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'db_table': 'duties_kind',
                'constraints': [models.UniqueConstraint(fields=('code', 'valid'), name='duties_kind_once')],
            },
        ),
        migrations.RunPython(name_kinds, migrations.RunPython.noop),
    ]
