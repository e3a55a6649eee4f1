"""The kinds of period that an installation begins with.

Closing on the 14th: Decree 09/2019/NĐ-CP, art. 12. The first seven and the last five months and
nine months are further cuts that offices ask for; their data close with the calendar. A term of
five years is that of the five-year plans, counted from 2021.
"""

from datetime import date

from django.db import migrations

DECREE = "Nghị định số 09/2019/NĐ-CP, Điều 12"
IN_FORCE = date(2019, 3, 12)
CLOSED = {"cut_off_day": 15, "cut_off_months": -1, "legal_basis": DECREE, "since": IN_FORCE}

KINDS = [
    ("month", "Tháng", "Month", 1, 1, {"every": 1, **CLOSED}),
    ("quarter", "Quý", "Quarter", 1, 3, {"every": 3, **CLOSED}),
    ("half_year", "Sáu tháng", "Half year", 1, 6, {"every": 6, **CLOSED}),
    ("seven_months", "Bảy tháng đầu năm", "First seven months", 1, 7, {}),
    ("five_last_months", "Năm tháng cuối năm", "Last five months", 8, 12, {}),
    ("nine_months", "Chín tháng đầu năm", "First nine months", 1, 9, {}),
    ("year", "Năm", "Year", 1, 12, CLOSED),
    ("mid_term", "Nửa đầu nhiệm kỳ", "First half of the term", 1, 30, {"every": 60}),
    ("term", "Nhiệm kỳ", "Term", 1, 60, {"every": 60}),
    ("any", "Khoảng thời gian khác", "Other days", None, None, {}),
]


def load(apps, schema_editor):
    """Enter the kinds that are missing."""
    kinds = apps.get_model("reporting", "PeriodKind").objects.using(schema_editor.connection.alias)
    for code, name_vi, name_en, first, last, more in KINDS:
        words = {"name_vi": name_vi, "name_en": name_en, "first": first, "last": last}
        kinds.get_or_create(code=code, defaults={**words, **more})


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
