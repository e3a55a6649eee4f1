"""Let a measure say whether it counts persons; None where nobody has said it yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("targets", "0003_allocations")]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="counts_persons",
            field=models.BooleanField(null=True),
        ),
    ]
