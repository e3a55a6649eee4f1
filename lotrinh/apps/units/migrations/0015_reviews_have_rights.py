"""Let the roles of an older installation read, write and freeze reviews.

Those who read figures read reviews, those who enter figures write them, those who approve figures
freeze them into editions.
"""

from django.db import migrations

from lotrinh.apps.units.migrations._roles import widen_roles_with


def carry_actions(apps, schema_editor):
    """Add the actions to the roles where they are missing."""
    widen_roles_with(apps, schema_editor, "figure.read", ["review.read"])
    widen_roles_with(apps, schema_editor, "figure.enter", ["review.write"])
    widen_roles_with(apps, schema_editor, "figure.approve", ["review.freeze"])


class Migration(migrations.Migration):
    dependencies = [("units", "0014_figures_have_rights")]

    operations = [migrations.RunPython(carry_actions, migrations.RunPython.noop)]
