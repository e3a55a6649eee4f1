"""Duties are found at once by words of their titles, by silence, and by what waits for a decision."""

import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models.functions import Greatest

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
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                Greatest("issued_on", "updated_on", "heard_from"),
                models.F("id"),
                condition=models.Q(state__in=["issued", "accepted", "returned"]),
                name="duties_by_last_word",
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                fields=["owed_to", "state"],
                condition=models.Q(
                    ("state__in", ["claimed", "refusing", "contested"]),
                    ("asked_due__isnull", False),
                    _connector="OR",
                ),
                name="duties_to_decide",
            ),
        ),
    ]
