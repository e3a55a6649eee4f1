"""Whoever is urged has a notice: it names the event of the urging, no rung, perhaps no deadline.

The two constraints are made anew while no notice is written; a table of some hundred thousand
notices takes about a second.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("duties", "0017_periods_that_count")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="urging",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="duties.dutyevent",
            ),
        ),
        migrations.AlterField(
            model_name="notice", name="due", field=models.DateField(null=True)
        ),
        migrations.AlterField(
            model_name="notice",
            name="rung",
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.RemoveConstraint(model_name="notice", name="duties_notice_once"),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("urging", None)),
                fields=("duty", "rung", "due", "person"),
                name="duties_notice_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("urging", "person"), name="duties_notice_once_an_urging"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("due__isnull", False),
                        ("urging", None),
                        models.Q(("rung", ""), _negated=True),
                    ),
                    models.Q(("rung", ""), ("urging__isnull", False)),
                    _connector="OR",
                ),
                name="duties_notice_of_rung_or_urging",
            ),
        ),
    ]
