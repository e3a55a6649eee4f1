"""Let the posts of units that have ended, or whose end is planned, end with them.

What a planned change cuts short is kept with it, so that undoing the change gives the posts back.
The journal has the end of each unit already; nothing is added to it.
"""

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange


def end_posts(apps, schema_editor):
    """Cut every post that would outlast its unit."""
    using = schema_editor.connection.alias
    places = apps.get_model("units", "Placement").objects.using(using)
    posts = apps.get_model("units", "Post").objects.using(using)
    changes = apps.get_model("units", "Change").objects.using(using)
    goes_on = places.filter(valid__endswith__isnull=True, valid__isempty=False)
    ended = places.exclude(unit__in=goes_on.values("unit")).order_by("valid")
    last = {place.unit_id: place for place in sorted(ended, key=lambda one: one.valid.upper)}
    for post in posts.filter(unit__in=last):
        place = last[post.unit_id]
        begins, until, day = post.valid.lower, post.valid.upper, place.valid.upper
        if (until is not None and until <= day) or (begins is not None and begins >= day):
            continue
        posts.filter(pk=post.pk).update(valid=DateRange(begins, day))
        kept = {"table": "post", "id": post.pk, "until": until.isoformat() if until else None}
        row = [{"table": "place", "id": place.pk}]
        change = changes.filter(undone_at=None, day=day, ended__contains=row).first()
        if change is not None:
            change.ended = [*change.ended, kept]
            change.save(update_fields=["ended"])


class Migration(migrations.Migration):
    dependencies = [("units", "0011_administrators_give_mandates")]

    operations = [migrations.RunPython(end_posts, migrations.RunPython.noop)]
