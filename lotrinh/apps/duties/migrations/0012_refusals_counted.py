"""Count how often the mail server refused a letter, so that it is given up at some time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("duties", "0011_silence_counted_anew")]

    operations = [
        migrations.AddField(
            model_name="digest",
            name="refusals",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
