"""Let the administrator's role of an older installation give mandates, as a new one does.

Only the role called ``administrator`` that still defines roles gains; the journal says what.
"""

from django.db import migrations

from lotrinh.apps.units.migrations._roles import widen_administrator


def carry_action(apps, schema_editor):
    """Add the action to the role where it is there and lacks it."""
    widen_administrator(apps, schema_editor, ["mandate.give"])


class Migration(migrations.Migration):
    dependencies = [("units", "0010_mandates_end_early")]

    operations = [migrations.RunPython(carry_action, migrations.RunPython.noop)]
