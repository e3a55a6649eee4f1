"""A text as it is typed in a hurry, made by the database: without marks, in small letters."""

from django.db.models import CharField, Func


class Bare(Func):
    """A text in small letters without marks, as ``rules.names.search_key`` writes it."""

    function = "normalize"
    template = (
        "replace(regexp_replace(%(function)s(lower(%(expressions)s), NFD),"
        " U&'[\\0300-\\036F]', '', 'g'), 'đ', 'd')"
    )
    output_field = CharField()
