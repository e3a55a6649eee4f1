"""How often a unit wants to hear of what it is owed, beside how it counts deadlines.

Where nothing is set the usual rhythm holds, as before.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("duties", "0008_ladder")]

    operations = [
        migrations.AddField(
            model_name="countingrule",
            name="report_days",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="countingrule",
            name="silent_periods",
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
