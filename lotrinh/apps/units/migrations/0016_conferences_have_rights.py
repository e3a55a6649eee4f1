"""Let the roles of an older installation hold conferences: those who assign duties do."""

from django.db import migrations

from lotrinh.apps.units.migrations._roles import widen_roles_with


def carry_actions(apps, schema_editor):
    """Add the action to the roles where it is missing."""
    widen_roles_with(apps, schema_editor, "duty.assign", ["conference.hold"])


class Migration(migrations.Migration):
    dependencies = [("units", "0015_reviews_have_rights")]

    operations = [migrations.RunPython(carry_actions, migrations.RunPython.noop)]
