"""Let what was owed for a period before be counted by its periods; the tally follows by itself."""

from django.db import migrations

_FILL = """
UPDATE duties_duty AS recurring SET counted_by_periods = TRUE
WHERE EXISTS (
    SELECT FROM duties_duty AS one
    WHERE one.superior_id = recurring.id AND one.period <> ''
)
"""


class Migration(migrations.Migration):
    dependencies = [("duties", "0016_counted_by_periods")]

    operations = [migrations.RunSQL(_FILL, migrations.RunSQL.noop)]
