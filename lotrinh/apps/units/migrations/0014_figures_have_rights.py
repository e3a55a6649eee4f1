"""Let the roles of an older installation read, enter and approve figures.

Those who read targets read figures, those who decide about texts at their unit enter them, those
who issue duties approve what others have entered.
"""

from django.db import migrations

from lotrinh.apps.units.migrations._roles import widen_roles_with


def carry_actions(apps, schema_editor):
    """Add the actions to the roles where they are missing."""
    widen_roles_with(apps, schema_editor, "target.read", ["figure.read"])
    widen_roles_with(apps, schema_editor, "candidate.decide", ["figure.enter"])
    widen_roles_with(apps, schema_editor, "duty.issue", ["figure.approve"])


class Migration(migrations.Migration):
    dependencies = [("units", "0013_who_issues_judges")]

    operations = [migrations.RunPython(carry_actions, migrations.RunPython.noop)]
