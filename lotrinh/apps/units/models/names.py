"""What units were called and numbered, each for its interval of days."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.units.models.trees import Unit
from lotrinh.rules.names import name_key, search_key

if TYPE_CHECKING:
    from lotrinh.apps.units.models.changes import Change


class NameKind(models.TextChoices):
    """What sort of name it is."""

    OFFICIAL = "official"
    ALIAS = "alias"
    ABBREVIATION = "abbreviation"


class UnitName(models.Model):
    """A name that a unit bore for an interval ``[from, to)``.

    ``key`` is the same for spellings that differ in case, spaces and tone placement; ``search_key``
    has no marks at all. An official name has one row a language, never two on one day; an alias or
    abbreviation has no language. An interval without a beginning means that none is known.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    kind = models.CharField(max_length=20, choices=NameKind.choices)
    language = models.CharField(max_length=2, blank=True)
    text = models.CharField(max_length=200)
    key = models.CharField(max_length=1000)
    search_key = models.CharField(max_length=1000)
    valid = DateRangeField()
    legal_basis = models.CharField(max_length=300, blank=True)
    change = models.ForeignKey("units.Change", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "units_name"
        constraints = [
            ExclusionConstraint(
                name="units_name_one_official_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("language", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(kind="official"),
            )
        ]
        indexes = [
            models.Index(fields=["key"], name="units_name_key"),
            GinIndex(fields=["search_key"], name="units_name_search", opclasses=["gin_trgm_ops"]),
            GistIndex(
                fields=["valid"],
                name="units_name_renamed",
                condition=models.Q(kind="official")
                & (models.Q(valid__upper_inf=False) | models.Q(change__isnull=False)),
            ),
        ]

    @classmethod
    def of(
        cls,
        unit: Unit,
        kind: NameKind,
        text: str,
        *,
        valid: DateRange | None = None,
        language: str = "",
        legal_basis: str = "",
        change: "Change | None" = None,
    ) -> Self:
        """Return a name with its keys, not yet written; without ``valid`` it holds on all days."""
        return cls(
            unit=unit,
            kind=kind,
            language=language,
            text=text,
            key=name_key(text),
            search_key=search_key(text),
            valid=DateRange(None, None) if valid is None else valid,
            legal_basis=legal_basis,
            change=change,
        )


class UnitCode(models.Model):
    """A code of a unit in a public numbering for an interval ``[from, to)``.

    ``system`` names the numbering: the identifier of agencies (Decision 20/2020/QĐ-TTg), the list
    of administrative units of the statistics office. On one day no two units bear the same code of
    a system, and no unit two.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="codes")
    system = models.SlugField(max_length=40)
    code = models.CharField(max_length=80)
    valid = DateRangeField()

    class Meta:
        db_table = "units_code"
        constraints = [
            ExclusionConstraint(
                name="units_code_one_bearer_a_day",
                expressions=[
                    ("system", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="units_code_one_code_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("system", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]
