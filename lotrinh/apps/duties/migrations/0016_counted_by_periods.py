"""Say of a duty that recurs when its periods count in its stead, and keep the tally by that."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0015_ladder_settings'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='duty',
            name='tally_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='duty',
            name='tally_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='duty',
            name='tally_delete',
        ),
        migrations.AddField(
            model_name='duty',
            name='counted_by_periods',
            field=models.BooleanField(default=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duty',
            trigger=pgtrigger.compiler.Trigger(name='tally_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO duties_tally_change (owed_to_id, unit_id, stand, due, n) SELECT owed_to_id, unit_id, stand, due, sum(n) FROM ( SELECT owed_to_id, unit_id, CASE WHEN state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended') THEN 'open' WHEN state <> 'done' THEN state WHEN binding_due IS NULL THEN 'done_without_deadline' WHEN handed_in_on <= binding_due THEN 'done_on_time' ELSE 'done_late' END AS stand, CASE WHEN state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended') THEN binding_due END AS due, 1 AS n FROM new_duties WHERE unit_id IS NOT NULL AND (state IN ('refused', 'cancelled') OR state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended', 'done') AND NOT counted_by_periods) ) AS changed GROUP BY owed_to_id, unit_id, stand, due HAVING sum(n) <> 0; RETURN NULL;", hash='5273613cf00c548e145ec34ac8a066f7877c2bdf', level='STATEMENT', operation='INSERT', pgid='pgtrigger_tally_insert_b06e4', referencing='REFERENCING NEW TABLE AS new_duties ', table='duties_duty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duty',
            trigger=pgtrigger.compiler.Trigger(name='tally_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO duties_tally_change (owed_to_id, unit_id, stand, due, n) SELECT owed_to_id, unit_id, stand, due, sum(n) FROM ( SELECT owed_to_id, unit_id, CASE WHEN state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended') THEN 'open' WHEN state <> 'done' THEN state WHEN binding_due IS NULL THEN 'done_without_deadline' WHEN handed_in_on <= binding_due THEN 'done_on_time' ELSE 'done_late' END AS stand, CASE WHEN state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended') THEN binding_due END AS due, 1 AS n FROM new_duties WHERE unit_id IS NOT NULL AND (state IN ('refused', 'cancelled') OR state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended', 'done') AND NOT counted_by_periods) UNION ALL SELECT owed_to_id, unit_id, CASE WHEN state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended') THEN 'open' WHEN state <> 'done' THEN state WHEN binding_due IS NULL THEN 'done_without_deadline' WHEN handed_in_on <= binding_due THEN 'done_on_time' ELSE 'done_late' END AS stand, CASE WHEN state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended') THEN binding_due END AS due, -1 AS n FROM old_duties WHERE unit_id IS NOT NULL AND (state IN ('refused', 'cancelled') OR state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended', 'done') AND NOT counted_by_periods) ) AS changed GROUP BY owed_to_id, unit_id, stand, due HAVING sum(n) <> 0; RETURN NULL;", hash='95d78bea5d895f868a122fbe4f247feff1191df5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_tally_update_6b70b', referencing='REFERENCING OLD TABLE AS old_duties  NEW TABLE AS new_duties ', table='duties_duty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duty',
            trigger=pgtrigger.compiler.Trigger(name='tally_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO duties_tally_change (owed_to_id, unit_id, stand, due, n) SELECT owed_to_id, unit_id, stand, due, sum(n) FROM ( SELECT owed_to_id, unit_id, CASE WHEN state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended') THEN 'open' WHEN state <> 'done' THEN state WHEN binding_due IS NULL THEN 'done_without_deadline' WHEN handed_in_on <= binding_due THEN 'done_on_time' ELSE 'done_late' END AS stand, CASE WHEN state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended') THEN binding_due END AS due, -1 AS n FROM old_duties WHERE unit_id IS NOT NULL AND (state IN ('refused', 'cancelled') OR state IN ('issued', 'refusing', 'accepted', 'claimed', 'returned', 'contested', 'suspended', 'done') AND NOT counted_by_periods) ) AS changed GROUP BY owed_to_id, unit_id, stand, due HAVING sum(n) <> 0; RETURN NULL;", hash='8a8f65ef1e081eb153bcf7f20088c2c598fd7010', level='STATEMENT', operation='DELETE', pgid='pgtrigger_tally_delete_74534', referencing='REFERENCING OLD TABLE AS old_duties ', table='duties_duty', when='AFTER')),
        ),
    ]
