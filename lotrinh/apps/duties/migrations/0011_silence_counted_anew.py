"""Silence is counted anew once work is laid before a unit anew: keep the day, also of the past."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate

STEPS = ("transfer", "resume", "reopen", "dismiss", "return", "uphold")


def fill_from_events(apps, schema_editor):
    """A duty that was transferred, resumed, reopened or found rightly returned has that day."""
    alias = schema_editor.connection.alias
    events = apps.get_model("duties", "DutyEvent").objects.using(alias).filter(step__in=STEPS)
    last = events.filter(duty=OuterRef("pk")).order_by("-version")
    days = last.values(day=Coalesce("on", TruncDate("at")))[:1]
    duties = apps.get_model("duties", "Duty").objects.using(alias)
    duties.filter(pk__in=events.values("duty")).update(heard_from=Subquery(days))


class Migration(migrations.Migration):
    dependencies = [("duties", "0010_letters")]

    operations = [
        migrations.AddField(
            model_name="duty",
            name="heard_from",
            field=models.DateField(null=True),
        ),
        migrations.RunPython(fill_from_events, migrations.RunPython.noop),
    ]
