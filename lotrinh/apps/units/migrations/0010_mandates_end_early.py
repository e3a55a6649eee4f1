"""Let a mandate be ended early by a decision, and one that is sent twice be given once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("units", "0009_groups_through_time")]

    operations = [
        migrations.AddField(
            model_name="mandate", name="begins", field=models.DateField(null=True)
        ),
        migrations.AddField(
            model_name="mandate",
            name="end_basis",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="mandate",
            name="client_key",
            field=models.UUIDField(null=True, unique=True),
        ),
    ]
