"""Let those who decide about texts and issue duties decide what is public.

What they may say is bounded by where they may: publishing asks for the right at the root.
"""

from django.db import migrations

from lotrinh.apps.units.migrations._roles import record_role


def carry_action(apps, schema_editor):
    """Add the action to the role of planning officers where it is missing."""
    using = schema_editor.connection.alias
    for role in apps.get_model("units", "Role").objects.using(using).filter(
        code="planning_officer"
    ):
        wanted = sorted({*role.actions, "publication.decide"})
        if set(wanted) != set(role.actions):
            role.actions = wanted
            role.save(update_fields=["actions"])
            record_role(apps, schema_editor, role.code, wanted)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0001_initial"),
        ("units", "0014_figures_have_rights"),
        ("journal", "0001_initial"),
    ]

    operations = [migrations.RunPython(carry_action, migrations.RunPython.noop)]
