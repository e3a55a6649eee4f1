from typing import Any

from django.db import migrations
from uuid_utils.compat import uuid7


def name(apps: Any, schema_editor: Any) -> None:
    """Give every relation an address of its own; a type is known by its code so far."""
    using = schema_editor.connection.alias
    relations = apps.get_model("documents", "Relation").objects.using(using)
    for relation in relations.filter(uid__isnull=True).iterator():
        relations.filter(pk=relation.pk).update(uid=uuid7())
    for row in apps.get_model("documents", "DocumentType").objects.using(using).filter(key=""):
        row.key = row.code
        row.save(using=using, update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_identity_effects_and_reference")]
    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
