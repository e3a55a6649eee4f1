"""Let the way through the register tell whom each document is for without opening it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0011_joined_texts")]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["type_code", "year"], name="documents_by_type"),
        ),
        migrations.RemoveIndex(model_name="document", name="documents_by_day"),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                models.F("issued_on").desc(nulls_last=True),
                models.F("id").desc(),
                models.F("keeper"),
                models.F("is_stub"),
                condition=models.Q(merged_into__isnull=True),
                name="documents_seen_by_day",
            ),
        ),
    ]
