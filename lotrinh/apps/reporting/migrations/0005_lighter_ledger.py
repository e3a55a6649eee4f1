"""Let the database check twenty figures of an act at once, and derived rows not at all.

The keys of a figure are held by one trigger for all figures of a statement. What was a foreign key
also kept a measure from being removed while figures are of it; a trigger on the measures does.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

KEEP_MEASURES = """
CREATE FUNCTION reporting_keep_measures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM reporting_figure WHERE measure_id = OLD.id) THEN
        RAISE EXCEPTION 'reporting: there are figures of this measure'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER reporting_keep_measures BEFORE DELETE ON targets_measure
    FOR EACH ROW EXECUTE FUNCTION reporting_keep_measures();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0004_check_settings'),
        ('targets', '0003_allocations'),
        ('units', '0014_figures_have_rights'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='figure',
            name='same_series',
        ),
        migrations.AlterField(
            model_name='approval',
            name='approved_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='approval',
            name='entered_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='approval',
            name='period',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='reporting.period'),
        ),
        migrations.AlterField(
            model_name='approval',
            name='unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AlterField(
            model_name='delta',
            name='approval',
            field=models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reporting.approval'),
        ),
        migrations.AlterField(
            model_name='delta',
            name='period',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reporting.period'),
        ),
        migrations.AlterField(
            model_name='delta',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AlterField(
            model_name='figure',
            name='approval',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='reporting.approval'),
        ),
        migrations.AlterField(
            model_name='figure',
            name='measure',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='targets.measure'),
        ),
        migrations.AlterField(
            model_name='figure',
            name='period',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='reporting.period'),
        ),
        migrations.AlterField(
            model_name='figure',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='units.unit'),
        ),
        migrations.AlterField(
            model_name='ownpart',
            name='sheet',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reporting.totalsheet'),
        ),
        migrations.AlterField(
            model_name='ownpart',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AlterField(
            model_name='total',
            name='sheet',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reporting.totalsheet'),
        ),
        migrations.AlterField(
            model_name='total',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='figure',
            trigger=pgtrigger.compiler.Trigger(name='same_series', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF EXISTS (\n    SELECT 1 FROM written JOIN reporting_figure AS held ON held.id = written.supersedes_id\n    WHERE (held.unit_id, held.measure_id, held.period_id, held.basis)\n        IS DISTINCT FROM (written.unit_id, written.measure_id, written.period_id, written.basis)\n) THEN\n    RAISE EXCEPTION 'reporting: a figure supersedes one of another series';\nEND IF;\nIF EXISTS (\n    SELECT 1 FROM written WHERE NOT EXISTS (\n        SELECT 1 FROM reporting_approval AS act\n        WHERE act.id = written.approval_id AND act.unit_id = written.unit_id\n            AND act.period_id = written.period_id AND act.basis = written.basis\n    )\n) THEN\n    RAISE EXCEPTION 'reporting: a figure differs from its approval';\nEND IF;\nIF EXISTS (\n    SELECT 1 FROM written WHERE NOT EXISTS (\n        SELECT 1 FROM targets_measure AS measure WHERE measure.id = written.measure_id\n    )\n) THEN\n    RAISE EXCEPTION 'reporting: a figure is of no measure' USING ERRCODE = 'foreign_key_violation';\nEND IF;\nRETURN NULL;\n", hash='35a2667df43ac6746ac6001c5e8089f6e8d6f04a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_same_series_d9495', referencing='REFERENCING NEW TABLE AS written ', table='reporting_figure', when='AFTER')),
        ),
        migrations.RunSQL(KEEP_MEASURES, migrations.RunSQL.noop),
    ]
