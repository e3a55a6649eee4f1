"""Keep how many duties stand in each class for each pair of units, from now on and for all so far.

The triggers are laid first: from then on nobody changes duties until all of this is there.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

_FILL = """
INSERT INTO duties_tally_day (id, day)
SELECT 1, coalesce(max(issued_on), DATE '2000-01-01') FROM duties_duty;

INSERT INTO duties_tally (
    owed_to_id, unit_id, done_on_time, done_late, open_in_term, open_overdue,
    done_without_deadline, open_without_deadline, refused, cancelled
)
SELECT owed_to_id, unit_id,
    count(*) FILTER (WHERE state = 'done' AND handed_in_on <= binding_due),
    count(*) FILTER (WHERE state = 'done' AND handed_in_on > binding_due),
    count(*) FILTER (WHERE is_open AND binding_due >= day),
    count(*) FILTER (WHERE is_open AND binding_due < day),
    count(*) FILTER (WHERE state = 'done' AND binding_due IS NULL),
    count(*) FILTER (WHERE is_open AND binding_due IS NULL),
    count(*) FILTER (WHERE state = 'refused'),
    count(*) FILTER (WHERE state = 'cancelled')
FROM (
    SELECT duties_duty.*, state NOT IN ('done', 'refused', 'cancelled') AS is_open
    FROM duties_duty
    WHERE state NOT IN ('draft', 'spread', 'withdrawn') AND unit_id IS NOT NULL
) AS sent, duties_tally_day
GROUP BY owed_to_id, unit_id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0012_refusals_counted"),
        ("units", "0013_who_issues_judges"),
    ]

    operations = [
        migrations.CreateModel(
            name="DutyTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("done_on_time", models.IntegerField(default=0)),
                ("done_late", models.IntegerField(default=0)),
                ("open_in_term", models.IntegerField(default=0)),
                ("open_overdue", models.IntegerField(default=0)),
                ("done_without_deadline", models.IntegerField(default=0)),
                ("open_without_deadline", models.IntegerField(default=0)),
                ("refused", models.IntegerField(default=0)),
                ("cancelled", models.IntegerField(default=0)),
                (
                    "owed_to",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
            ],
            options={"db_table": "duties_tally"},
        ),
        migrations.AddConstraint(
            model_name="dutytally",
            constraint=models.UniqueConstraint(
                fields=("owed_to", "unit"), name="duties_tally_one_a_pair"
            ),
        ),
        migrations.CreateModel(
            name="TallyChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stand", models.CharField(max_length=30)),
                ("due", models.DateField(null=True)),
                ("n", models.IntegerField()),
                (
                    "owed_to",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
            ],
            options={"db_table": "duties_tally_change"},
        ),
        migrations.CreateModel(
            name="TallyDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
            ],
            options={"db_table": "duties_tally_day"},
        ),
        migrations.AddConstraint(
            model_name="tallyday",
            constraint=models.CheckConstraint(
                condition=models.Q(("id", 1)), name="duties_tally_one_day"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duty',
            trigger=pgtrigger.compiler.Trigger(name='tally_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO duties_tally_change (owed_to_id, unit_id, stand, due, n) SELECT owed_to_id, unit_id, stand, due, sum(n) FROM ( SELECT owed_to_id, unit_id, CASE WHEN state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended') THEN 'open' WHEN state <> 'done' THEN state WHEN binding_due IS NULL THEN 'done_without_deadline' WHEN handed_in_on <= binding_due THEN 'done_on_time' ELSE 'done_late' END AS stand, CASE WHEN state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended') THEN binding_due END AS due, 1 AS n FROM new_duties WHERE state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended', 'done', 'refused', 'cancelled') AND unit_id IS NOT NULL ) AS changed GROUP BY owed_to_id, unit_id, stand, due HAVING sum(n) <> 0; RETURN NULL;", hash='d33128a741e503ce1424edb1a92ccf22bc71083d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_tally_insert_b06e4', referencing='REFERENCING NEW TABLE AS new_duties ', table='duties_duty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duty',
            trigger=pgtrigger.compiler.Trigger(name='tally_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO duties_tally_change (owed_to_id, unit_id, stand, due, n) SELECT owed_to_id, unit_id, stand, due, sum(n) FROM ( SELECT owed_to_id, unit_id, CASE WHEN state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended') THEN 'open' WHEN state <> 'done' THEN state WHEN binding_due IS NULL THEN 'done_without_deadline' WHEN handed_in_on <= binding_due THEN 'done_on_time' ELSE 'done_late' END AS stand, CASE WHEN state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended') THEN binding_due END AS due, 1 AS n FROM new_duties WHERE state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended', 'done', 'refused', 'cancelled') AND unit_id IS NOT NULL UNION ALL SELECT owed_to_id, unit_id, CASE WHEN state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended') THEN 'open' WHEN state <> 'done' THEN state WHEN binding_due IS NULL THEN 'done_without_deadline' WHEN handed_in_on <= binding_due THEN 'done_on_time' ELSE 'done_late' END AS stand, CASE WHEN state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended') THEN binding_due END AS due, -1 AS n FROM old_duties WHERE state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended', 'done', 'refused', 'cancelled') AND unit_id IS NOT NULL ) AS changed GROUP BY owed_to_id, unit_id, stand, due HAVING sum(n) <> 0; RETURN NULL;", hash='8d4246cfe3696a7a1325f7b2900204a699e8a6ce', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_tally_update_6b70b', referencing='REFERENCING OLD TABLE AS old_duties  NEW TABLE AS new_duties ', table='duties_duty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duty',
            trigger=pgtrigger.compiler.Trigger(name='tally_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO duties_tally_change (owed_to_id, unit_id, stand, due, n) SELECT owed_to_id, unit_id, stand, due, sum(n) FROM ( SELECT owed_to_id, unit_id, CASE WHEN state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended') THEN 'open' WHEN state <> 'done' THEN state WHEN binding_due IS NULL THEN 'done_without_deadline' WHEN handed_in_on <= binding_due THEN 'done_on_time' ELSE 'done_late' END AS stand, CASE WHEN state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended') THEN binding_due END AS due, -1 AS n FROM old_duties WHERE state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended', 'done', 'refused', 'cancelled') AND unit_id IS NOT NULL ) AS changed GROUP BY owed_to_id, unit_id, stand, due HAVING sum(n) <> 0; RETURN NULL;", hash='2bf559832abf1d1704f5a71e003e67e66c104a4c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_tally_delete_74534', referencing='REFERENCING OLD TABLE AS old_duties ', table='duties_duty', when='AFTER')),
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
    ]
