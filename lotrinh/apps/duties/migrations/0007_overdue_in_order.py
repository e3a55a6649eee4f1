"""What is overdue is found in the order of its deadline, in a large city as in a small unit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("duties", "0006_deadlines_as_counted")]

    operations = [
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                fields=["binding_due", "id"],
                condition=models.Q(
                    state__in=[
                        "issued",
                        "refusing",
                        "accepted",
                        "claimed",
                        "returned",
                        "contested",
                        "suspended",
                    ]
                ),
                name="duties_open_by_due",
            ),
        )
    ]
