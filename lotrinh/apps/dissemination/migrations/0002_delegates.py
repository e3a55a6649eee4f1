"""Begin with one class of delegates; which others a city calls, it says itself."""

from django.db import migrations


def add_delegates(apps, schema_editor):
    """Add the general class where no class is known."""
    classes = apps.get_model("dissemination", "AttendeeClass").objects
    classes.using(schema_editor.connection.alias).get_or_create(
        code="delegates",
        defaults={"name_vi": "Đại biểu", "name_en": "Delegates", "place": 1},
    )


class Migration(migrations.Migration):
    dependencies = [("dissemination", "0001_conferences")]

    operations = [migrations.RunPython(add_delegates, migrations.RunPython.noop)]
