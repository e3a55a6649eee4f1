"""What the parser of workbooks says of a broken file, as a refusal of ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from python_calamine import CalamineError, PasswordError

from lotrinh.reading.readers.refusals import Unreadable


@contextmanager
def refusals_of_parser() -> Iterator[None]:
    """Turn whatever the parser raises within into Unreadable: encrypted, damaged."""
    try:
        yield
    except PasswordError:
        raise Unreadable("encrypted") from None
    except CalamineError:
        raise Unreadable("damaged", part="workbook") from None
    except BaseException as error:
        # The parser's panic is no Exception; its class has no name that could be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("damaged", part="workbook") from None
