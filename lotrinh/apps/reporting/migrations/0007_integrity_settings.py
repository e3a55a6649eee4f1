"""How much is much for the questions of integrity, to begin with.

These are the house's own beginnings and no rule of any office. They were tuned on invented cities
and measured on others; ``docs/accuracy.md`` says what they find there and what they ask in vain.
"""

from datetime import date
from decimal import Decimal

from django.db import migrations

BEGINNING = date(2021, 1, 1)
LIMITS = {
    "chance": Decimal("0.0001"),
    "figures": 20,
    "digits": 50,
    "targets": 12,
    "near": Decimal("0.03"),
    "clones": 5,
    "smallest": 20,
    "history": 6,
    "spreads": Decimal(8),
    "jump": Decimal("1.5"),
    "lines": 5,
    "holders": 5,
    "parts_within": Decimal("0.005"),
    "wholes": 10,
    "reports": 6,
    "last_minutes": 60,
}


def load(apps, schema_editor):
    """Enter the first setting where there is none."""
    settings = apps.get_model("reporting", "IntegritySetting").objects.using(
        schema_editor.connection.alias
    )
    settings.get_or_create(since=BEGINNING, defaults=LIMITS)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0006_integrity_questions")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
