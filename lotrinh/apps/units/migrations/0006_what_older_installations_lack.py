"""Give an older installation the roles that came later, and free the codes of what never began.

A role that is there stays as it is, whatever it carries by now: it belongs to the installation. An
installation without any role has not been founded yet and gets its roles then. What is added is in
the journal, as an act of the installation itself.
"""

from django.db import migrations

from lotrinh.apps.units.migrations._roles import record_role

LATER_ROLES = {
    "organiser": {
        "name_vi": "Cán bộ tổ chức",
        "name_en": "Personnel officer",
        "purpose": "personnel",
        "actions": ["people.appoint", "people.read", "rights.explain", "unit.change"],
    },
    "administrator": {
        "name_vi": "Quản trị hệ thống",
        "name_en": "Administrator",
        "purpose": "administration",
        "actions": [
            "people.appoint",
            "people.read",
            "rights.explain",
            "role.define",
            "unit.change",
        ],
    },
}


def add_roles(apps, schema_editor):
    """Add the roles that came later where others are there and these are not."""
    using = schema_editor.connection.alias
    roles = apps.get_model("units", "Role").objects.using(using)
    known = set(roles.values_list("code", flat=True))
    if not known:
        return
    for code, given in LATER_ROLES.items():
        if code not in known:
            roles.create(code=code, **given)
            record_role(apps, schema_editor, code, given["actions"])


def free_codes(apps, schema_editor):
    """Let nothing be found under the names and codes of units whose establishment was undone."""
    using = schema_editor.connection.alias
    undone = apps.get_model("units", "Change").objects.using(using).filter(
        kind="create", undone_at__isnull=False
    )
    units = apps.get_model("units", "Unit").objects.using(using)
    names = apps.get_model("units", "UnitName").objects.using(using)
    codes = apps.get_model("units", "UnitCode").objects.using(using)
    for unit in units.filter(changes__in=undone, placements=None).distinct():
        names.filter(unit=unit).delete()
        codes.filter(unit=unit).delete()
        units.filter(pk=unit.pk).update(code=f"undone-{unit.uid.hex}")


class Migration(migrations.Migration):
    dependencies = [("units", "0005_people_are_found"), ("journal", "0001_initial")]

    operations = [
        migrations.RunPython(add_roles, migrations.RunPython.noop),
        migrations.RunPython(free_codes, migrations.RunPython.noop),
    ]
