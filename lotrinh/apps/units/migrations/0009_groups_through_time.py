"""Let a saved group mean something else from a day on; what there is holds for all days."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange


class Migration(migrations.Migration):
    dependencies = [("units", "0008_administrators_manage_accounts")]

    operations = [
        migrations.AddField(
            model_name="group",
            name="valid",
            field=django.contrib.postgres.fields.ranges.DateRangeField(
                default=DateRange(None, None)
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="group",
            name="client_key",
            field=models.UUIDField(null=True, unique=True),
        ),
        migrations.AlterField(
            model_name="group", name="code", field=models.SlugField(max_length=80)
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                name="units_group_one_meaning_a_day",
                expressions=[("code", "="), ("valid", "&&")],
            ),
        ),
    ]
