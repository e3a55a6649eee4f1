"""A number that a sheet keeps as a number: read as it is, whatever the language of the form.

As a text it would be written with a dot, and read in Vietnamese with thousands. A sheet keeps
fifteen digits, and turns a percentage that is typed with its sign into a share without saying so:
120.5 % arrives as 1.205. Where that may have happened it is asked about.
"""

from decimal import Decimal, localcontext
from math import isfinite

from lotrinh.rules.amounts_typed import CellUnit, NoFigure, NotAFigure, storable
from lotrinh.rules.figures_typed import Read, Typed, TypedFigure, TypedQuestion, TypedRefusal

_DIGITS = 15  # that a sheet keeps of a number
_PRECISION = 60
_LIKE_A_SHARE = Decimal(2)


def read_number(number: float, *, unit: CellUnit) -> Typed:
    """Return what the number of a cell says; its text is the number with a decimal point.

    In percent, what is not more than 2 may be a share: both readings are given. Raises nothing.

    >>> read_number(68.457, unit=CellUnit("km")).read.value
    Decimal('68.457')
    >>> [one.value for one in read_number(1.205, unit=CellUnit("%")).readings]
    [Decimal('120.5'), Decimal('1.205')]
    """
    text = f"{number:.{_DIGITS}g}"
    if not isfinite(number):
        return TypedRefusal(text, NoFigure.NO_NUMBER)
    if unit.is_pair:
        return TypedRefusal(text, NoFigure.NO_DENOMINATOR)
    value = Decimal(text)
    may_be_share = unit.code == "%" and 0 < abs(value) <= _LIKE_A_SHARE
    try:
        with localcontext() as context:
            context.prec = _PRECISION
            sizes = [value * 100, value] if may_be_share else [value * unit.scale]
            values = storable(sizes, unit)
    except NotAFigure as refused:
        return TypedRefusal(text, refused.why, refused.data)
    if may_be_share:
        return TypedQuestion(text, tuple(map(Read, values)))
    return TypedFigure(text, Read(values[0]))


def read_share(number: float, *, unit: CellUnit) -> Typed:
    """Return what a number says that its cell shows in percent; its text is what is shown.

    What is not counted in percent is refused. Raises nothing.

    >>> read_share(1.205, unit=CellUnit("%"))
    TypedFigure(text='120.5%', read=Read(value=Decimal('120.5'), over=None), is_nil=False)
    """
    if not isfinite(number):
        return TypedRefusal(f"{number}", NoFigure.NO_NUMBER)
    with localcontext() as context:
        context.prec = _PRECISION
        shown = Decimal(f"{number:.{_DIGITS}g}") * 100
    text = f"{shown.normalize():f}%"
    if unit.is_pair or unit.code != "%":
        return TypedRefusal(text, NoFigure.PERCENT)
    try:
        values = storable([shown], unit)
    except NotAFigure as refused:
        return TypedRefusal(text, refused.why, refused.data)
    return TypedFigure(text, Read(values[0]))
