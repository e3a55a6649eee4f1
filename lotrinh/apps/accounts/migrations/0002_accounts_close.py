"""Let an account be closed for a reason, and a password given by somebody else be told apart."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="closed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="closed_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("left", "left"),
                    ("absent", "absent"),
                    ("suspended", "suspended"),
                    ("exposed", "exposed"),
                    ("mistaken", "mistaken"),
                ],
                default="",
                max_length=20,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="user",
            name="given_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="given_key",
            field=models.UUIDField(null=True),
        ),
    ]
