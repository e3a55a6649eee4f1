"""Let the administrators of installations that exist open and close accounts.

Only the role called ``administrator`` that still defines roles gains; the journal says what.
"""

from django.db import migrations

from lotrinh.apps.units.migrations._roles import widen_administrator


def widen(apps, schema_editor):
    """Add to the role what it lacks."""
    widen_administrator(apps, schema_editor, ["account.manage"])


class Migration(migrations.Migration):
    dependencies = [("units", "0007_posts_have_days")]

    operations = [migrations.RunPython(widen, migrations.RunPython.noop)]
