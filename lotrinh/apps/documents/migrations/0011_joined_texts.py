"""Know of every text that came with a joined document from which text it came.

The journal tells which documents were joined, and when: the texts that were kept there at just that
instant came with them.
"""

import json
from datetime import datetime

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


def know_origins(apps, schema_editor):
    """Write for each join of the past which texts it brought, in the order of the joins."""
    using = schema_editor.connection.alias

    def rows(app, name):
        return apps.get_model(app, name).objects.using(using)

    for payload in (
        rows("journal", "Entry")
        .filter(verb="document.joined")
        .order_by("id")
        .values_list("payload", flat=True)
        .iterator()
    ):
        said = json.loads(payload)
        at = datetime.fromisoformat(said["at"])
        source, into = said["object"]["uid"], said["data"]["into"]
        for text in rows("documents", "Rendition").filter(document__uid=source).order_by("id"):
            know_origin(rows, text, into, at)
    merged = rows("documents", "SearchEntry").filter(document__merged_into__isnull=False)
    merged.delete()


def know_origin(rows, text, into, at):
    """Write of one text of a joined document where it came from, unless it was there before."""
    there = rows("documents", "Rendition").filter(document__uid=into, sha256=text.sha256).first()
    joined = rows("documents", "JoinedText")
    if there is None or (there.added_at != at and not joined.filter(rendition=there).exists()):
        return
    origins = joined.filter(rendition=text).values_list("origin", flat=True)
    for origin in list(origins) or [text.pk]:
        joined.get_or_create(rendition=there, origin_id=origin, defaults={"at": at})


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0010_documents_are_found'),
        ('journal', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='JoinedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('origin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept_as', to='documents.rendition')),
                ('rendition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joined', to='documents.rendition')),
            ],
            options={
                'db_table': 'documents_joined_text',
                'constraints': [models.UniqueConstraint(fields=('rendition', 'origin'), name='documents_joined_text_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='joinedtext',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='700a9dd39350732b7388401bf9148753b3580409', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_db04b', table='documents_joined_text', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='joinedtext',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: cannot truncate rows from % table', TG_TABLE_NAME;", hash='45167ddbbb3d3d46cd04dac01998a000da546fe5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_56ad3', table='documents_joined_text', when='BEFORE')),
        ),
        migrations.RunPython(know_origins, migrations.RunPython.noop),
    ]
