"""Below the entry points nobody asks what day it is: day and instant are arguments."""

from pathlib import Path

from tests.architecture.inspecting import PACKAGE, clock_reads, imported_clocks, sources

BELOW = {
    name: text
    for name, text in sources("rules", "reading", "demo", "apps").items()
    if Path(name).name != "jobs.py"
}

PLANTED = """
from datetime import date, datetime
import datetime as clock
from django.db.models.functions import Now
from django.utils import timezone

def overdue(due):
    return due < date.today()

stamp = models.DateTimeField(default=timezone.now())
a = datetime.now(tz)
b = clock.datetime.utcnow()
c = Now()
recorded_at = models.DateTimeField(db_default=Now(), editable=False)
fine = instant.today_or_never()
"""


def test_no_clock_below_the_entry_points():
    assert clock_reads(BELOW) == []
    assert imported_clocks(BELOW) == []


def test_the_pages_have_one_clock():
    pages = sources("web")

    assert {place.split(":")[0] for place in clock_reads(pages)} == {"lotrinh/web/clock.py"}
    assert imported_clocks(pages) == []


def test_the_interface_has_one_clock():
    asked = sources("api")

    assert {place.split(":")[0] for place in clock_reads(asked)} == {"lotrinh/api/clock.py"}
    assert imported_clocks(asked) == []


def test_services_selectors_and_models_are_among_what_is_checked():
    checked = {Path(name).name for name in BELOW}

    assert {"services.py", "selectors.py", "models.py", "duty_states.py", "reader.py"} <= checked
    assert (PACKAGE / "apps" / "intake" / "jobs.py").exists()


def test_every_kind_of_clock_is_found():
    found = [place.split()[-1] for place in clock_reads({"planted.py": PLANTED})]

    assert sorted(found) == [
        "Now()",
        "date.today()",
        "datetime.now()",
        "datetime.utcnow()",
        "timezone.now()",
    ]
    assert imported_clocks({"planted.py": "from time import time\n"}) == [
        "planted.py:1 from time import time"
    ]
