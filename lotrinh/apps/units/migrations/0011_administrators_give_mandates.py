"""Let the administrator's role of an older installation give mandates, as a new one does."""

from django.db import migrations

ACTION = "mandate.give"


def carry_action(apps, schema_editor):
    """Add the action to the role where it is there and lacks it."""
    roles = apps.get_model("units", "Role").objects.using(schema_editor.connection.alias)
    for role in roles.filter(code="administrator").exclude(actions__contains=[ACTION]):
        role.actions = sorted({*role.actions, ACTION})
        role.save(update_fields=["actions"])


class Migration(migrations.Migration):
    dependencies = [("units", "0010_mandates_end_early")]

    operations = [migrations.RunPython(carry_action, migrations.RunPython.noop)]
