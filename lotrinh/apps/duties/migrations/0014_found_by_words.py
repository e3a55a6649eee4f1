"""Duties are found by words of their titles without reading every title for each letter typed."""

import django.contrib.postgres.indexes
from django.db import migrations, models

import lotrinh.apps.duties.models.bare


class Migration(migrations.Migration):
    dependencies = [("duties", "0013_kept_tally"), ("units", "0002_through_time")]

    operations = [
        migrations.AddField(
            model_name="duty",
            name="search_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=lotrinh.apps.duties.models.bare.Bare("title"),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_key"], name="duties_search", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
