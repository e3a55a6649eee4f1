"""Let those who decide about texts, issue duties and approve figures decide what is public.

Officers of a unit do all of this at their unit, so no action tells the two apart: the role is named,
and it gains the right only where it does that work. What its officers may say is bounded by where
they may: publishing asks for the right at the root.
"""

from django.db import migrations

from lotrinh.apps.units.migrations._roles import widen_role_that

DOES = ["candidate.decide", "duty.issue", "figure.approve"]


def carry_action(apps, schema_editor):
    """Add the action to the role of planning officers where it is missing."""
    widen_role_that(apps, schema_editor, "planning_officer", DOES, ["publication.decide"])


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0001_initial"),
        ("units", "0014_figures_have_rights"),
        ("journal", "0001_initial"),
    ]

    operations = [migrations.RunPython(carry_action, migrations.RunPython.noop)]
