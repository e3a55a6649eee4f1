"""Let people be found without diacritics, and an appointment that is sent twice be made once."""

import django.contrib.postgres.indexes
from django.db import migrations, models

from lotrinh.rules.names import search_key


def keep_keys(apps, schema_editor):
    """Write the name without marks of everybody who is known."""
    people = apps.get_model("units", "Person").objects.using(schema_editor.connection.alias)
    rows = list(people.only("id", "full_name"))
    for row in rows:
        row.search_key = search_key(row.full_name)
    people.bulk_update(rows, ["search_key"], batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("units", "0004_names_have_a_table")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="search_key",
            field=models.CharField(default="", max_length=1000),
        ),
        migrations.RunPython(keep_keys, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_key"], name="units_person_search", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["sort_key", "id"], name="units_person_order"),
        ),
        migrations.AddField(
            model_name="appointment",
            name="client_key",
            field=models.UUIDField(null=True, unique=True),
        ),
    ]
