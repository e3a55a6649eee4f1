"""Number what people made of a difference, and ask again where what was taken had been undone."""

from django.conf import settings
from django.db import migrations, models


def ask_again(apps, schema_editor):
    """Reopen what was taken into a proposal that somebody opened again afterwards."""
    using = schema_editor.connection.alias
    settled = apps.get_model("intake", "SettledDifference").objects.using(using)
    decisions = apps.get_model("intake", "Decision").objects.using(using)
    for row in settled.exclude(taken=[]).order_by("id"):
        of_both = decisions.filter(candidate__in=[row.older_id or 0, row.newer_id or 0])
        undone = of_both.filter(verdict="reopened", at__gte=row.at).order_by("id").first()
        if undone is not None:
            settled.create(
                older_id=row.older_id,
                newer_id=row.newer_id,
                turn=2,
                fields=row.fields,
                is_reopened=True,
                by_id=undone.by_id,
                at=undone.at,
                client_key=undone.client_key,
            )


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0005_differences'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='settleddifference',
            name='intake_settled_once',
        ),
        migrations.AddField(
            model_name='settleddifference',
            name='is_reopened',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='settleddifference',
            name='turn',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name='settleddifference',
            constraint=models.UniqueConstraint(fields=('older', 'newer', 'turn'), name='intake_settled_turn', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='settleddifference',
            constraint=models.CheckConstraint(condition=models.Q(('is_reopened', False), ('taken', []), _connector='OR'), name='intake_settled_reopened_takes_nothing'),
        ),
        migrations.RunPython(ask_again, migrations.RunPython.noop),
    ]
