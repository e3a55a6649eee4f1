from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("units", "0003_names_of_days")]

    operations = [
        migrations.RemoveIndex(
            model_name='unit',
            name='units_unit_name_keys',
        ),
        migrations.RemoveField(
            model_name='unit',
            name='aliases',
        ),
        migrations.RemoveField(
            model_name='unit',
            name='name_keys',
        ),
    ]
