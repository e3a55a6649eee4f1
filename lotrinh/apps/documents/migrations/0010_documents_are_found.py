"""Let every document be found by its number in any spelling and by its words."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models
from django.db.models import Value
from django.db.models.functions import Cast

from lotrinh.apps.documents.search_words import Heading

_RANKS = ("original", "translation", "report")


def keep_entries(apps, schema_editor):
    """Write what is kept for searching of every document that stands for itself."""
    using = schema_editor.connection.alias
    rows = apps.get_model("documents", "Document").objects.using(using)
    for row in rows.filter(merged_into=None).select_related("issuer").iterator(chunk_size=200):
        keep_entry(apps, using, row)


def keep_entry(apps, using, row):
    """Write what is kept of one document; the text that counts is the one that was taken last."""
    choices = apps.get_model("documents", "TextChoice").objects.using(using)
    renditions = apps.get_model("documents", "Rendition").objects.using(using)
    entries = apps.get_model("documents", "SearchEntry").objects.using(using)
    taken = choices.filter(document=row).order_by("-turn").values_list("rendition", flat=True)
    texts = renditions.filter(document=row).only("id", "kind", "text")
    first = sorted(texts, key=lambda text: (_RANKS.index(text.kind), text.pk))
    counts = taken.first()
    text = next((each for each in first if each.pk == counts), first[0] if first else None)
    issuer = (row.issuer.name_vi, row.issuer.name_en) if row.issuer else ()
    heading = Heading(
        number=row.number,
        title=row.title,
        type_code=row.type_code,
        issuers=(*issuer, row.issuer_text),
        rendition=text.pk if text else None,
    )
    key, said = heading.key, heading.lexemes_with(text.text if text else "")
    entries.create(
        document=row,
        rendition=text,
        count=key.count[:8],
        year=key.year,
        symbol=key.symbol[:10],
        series=key.series[:60],
        heading=Cast(Value(heading.lexemes), SearchVectorField()),
        words=Cast(Value(said), SearchVectorField()),
        digest=heading.digest,
    )


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_series_are_found")]

    operations = [
        # a worker of an index takes over the session's rules for words, which older clusters of the
        # embedded server name in a way that it cannot read
        migrations.RunSQL(
            "SET LOCAL max_parallel_maintenance_workers = 0", migrations.RunSQL.noop
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="documents.document",
                    ),
                ),
                (
                    "rendition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="documents.rendition",
                    ),
                ),
                ("count", models.CharField(blank=True, max_length=8)),
                ("year", models.CharField(blank=True, max_length=4)),
                ("symbol", models.CharField(blank=True, max_length=10)),
                ("series", models.CharField(blank=True, max_length=60)),
                ("heading", django.contrib.postgres.search.SearchVectorField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                ("digest", models.CharField(max_length=32)),
            ],
            options={"db_table": "documents_search_entry"},
        ),
        migrations.RunPython(keep_entries, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["count", "series"], name="documents_search_number"),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["heading"], name="documents_search_heading"
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["words"], name="documents_search_words"
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                models.F("issued_on").desc(nulls_last=True),
                models.F("id").desc(),
                name="documents_by_day",
            ),
        ),
    ]
