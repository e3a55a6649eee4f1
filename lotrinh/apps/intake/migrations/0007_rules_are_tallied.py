"""Keep with the decisions how the rules of reading fared, day by day."""

from django.db import migrations, models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncDate


def count_decisions(apps, schema_editor):
    """Count what people decided of what reading proposed, where it still holds."""
    using = schema_editor.connection.alias
    decisions = apps.get_model("intake", "Decision").objects.using(using)
    tallies = apps.get_model("intake", "RuleTally").objects.using(using)
    later = decisions.filter(candidate=OuterRef("candidate"), turn__gt=OuterRef("turn"))
    counted = (
        decisions.filter(
            ~Exists(later),
            carried_from__isnull=True,
            candidate__origin="read",
            candidate__run__rereads__isnull=True,
            verdict__in=["confirmed", "rejected"],
        )
        .order_by()
        .annotate(day=TruncDate("at"))
        .values_list("candidate__rule", "day")
        .annotate(
            accepted=Count("pk", filter=Q(verdict="confirmed")),
            dropped=Count("pk", filter=Q(verdict="rejected")),
        )
    )
    tallies.bulk_create(
        tallies.model(rule=rule, day=day, accepted=accepted, dropped=dropped)
        for rule, day, accepted, dropped in counted
    )


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_settled_in_turns")]

    operations = [
        migrations.CreateModel(
            name="RuleTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=80)),
                ("day", models.DateField()),
                ("accepted", models.IntegerField(default=0)),
                ("dropped", models.IntegerField(default=0)),
            ],
            options={"db_table": "intake_rule_tally"},
        ),
        migrations.AddIndex(
            model_name="ruletally",
            index=models.Index(fields=["rule", "day"], name="intake_rule_tally_by_day"),
        ),
        migrations.RunPython(count_decisions, migrations.RunPython.noop),
    ]
