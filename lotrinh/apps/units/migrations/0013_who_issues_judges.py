"""Let the roles of an older installation that issue duties also do and judge them.

Those who read duties and decide about texts at their unit do what it owes.
"""

from django.db import migrations

from lotrinh.apps.units.migrations._roles import widen_roles_with


def carry_actions(apps, schema_editor):
    """Add the actions to the roles where they are missing."""
    widen_roles_with(apps, schema_editor, "duty.issue", ["duty.do", "duty.judge"])
    widen_roles_with(apps, schema_editor, "candidate.decide", ["duty.do"])


class Migration(migrations.Migration):
    dependencies = [("units", "0012_posts_end_with_their_unit")]

    operations = [migrations.RunPython(carry_actions, migrations.RunPython.noop)]
