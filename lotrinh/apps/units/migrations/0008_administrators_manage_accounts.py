"""Let the administrators of installations that exist open and close accounts.

Only the role that is still called ``administrator`` gains, and only what it lacks.
"""

from django.db import migrations

ROLE = "administrator"
GAINED = ("account.manage",)


def widen(apps, schema_editor):
    """Add to the role what it lacks."""
    roles = apps.get_model("units", "Role").objects.using(schema_editor.connection.alias)
    for role in roles.filter(code=ROLE):
        lacking = [action for action in GAINED if action not in role.actions]
        if lacking:
            role.actions = sorted([*role.actions, *lacking])
            role.save(update_fields=["actions"])


class Migration(migrations.Migration):
    dependencies = [("units", "0007_posts_have_days")]

    operations = [migrations.RunPython(widen, migrations.RunPython.noop)]
