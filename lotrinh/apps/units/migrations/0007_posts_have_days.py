"""Give posts their days: those there are have neither a known beginning nor an end."""

import django.contrib.postgres.fields.ranges
from django.db import migrations, models

import lotrinh.apps.units.models.people


class Migration(migrations.Migration):
    dependencies = [("units", "0006_what_older_installations_lack")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="valid",
            field=django.contrib.postgres.fields.ranges.DateRangeField(
                default=lotrinh.apps.units.models.people.always
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="legal_basis",
            field=models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="post",
            name="client_key",
            field=models.UUIDField(null=True, unique=True),
        ),
    ]
