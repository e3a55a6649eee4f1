"""How much is much for the questions on figures, to begin with.

These are the house's own beginnings and no rule of any office: more than five times or less than a
fifth is a jump; within twice a power of ten it looks like a mistaken unit.
"""

from datetime import date
from decimal import Decimal

from django.db import migrations

BEGINNING = date(2021, 1, 1)


def load(apps, schema_editor):
    """Enter the first setting where there is none."""
    settings = apps.get_model("reporting", "CheckSetting").objects.using(
        schema_editor.connection.alias
    )
    settings.get_or_create(
        since=BEGINNING,
        defaults={"jump": Decimal(5), "slip_within": Decimal(2), "parts_within": Decimal(0)},
    )


class Migration(migrations.Migration):
    dependencies = [("reporting", "0003_regimes_and_reports")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
