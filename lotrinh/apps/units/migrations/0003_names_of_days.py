"""Give every unit the names that it bore, for the days on which it stood."""

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.rules.names import name_key, search_key


def keep_names(apps, schema_editor):
    """Turn names and aliases of units into rows; official names begin with the first place."""
    using = schema_editor.connection.alias
    unit_name = apps.get_model("units", "UnitName")
    rows = []
    for unit in apps.get_model("units", "Unit").objects.using(using).prefetch_related(
        "placements"
    ):
        begun = [place.valid.lower for place in unit.placements.all() if place.valid.lower]
        since = min(begun, default=None)
        named = [("official", "vi", unit.name_vi), ("official", "en", unit.name_en)]
        named += [("alias", "", text) for text in unit.aliases]
        rows += [
            unit_name(
                unit=unit,
                kind=kind,
                language=language,
                text=text,
                key=name_key(text),
                search_key=search_key(text),
                valid=DateRange(since if kind == "official" else None, None),
            )
            for kind, language, text in named
        ]
    unit_name.objects.using(using).bulk_create(rows, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("units", "0002_through_time")]

    operations = [migrations.RunPython(keep_names, migrations.RunPython.noop)]
