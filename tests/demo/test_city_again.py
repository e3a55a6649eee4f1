"""The organisation of the demonstration, carried as sheets into an installation that has none."""

from datetime import UTC, datetime

from lotrinh.apps.files.sheets import as_csv, read_grid
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.apps.units.reference import load_roles
from lotrinh.demo.cast import day_of_demo
from tests import cluster
from tests.stories import LIBRARY


def test_the_city_is_the_same_in_an_empty_installation(
    server, django_db_setup, django_db_blocker, pytestconfig
):
    at = datetime(2024, 8, 7, tzinfo=UTC)
    library = pytestconfig.stash[LIBRARY]
    with django_db_blocker.unblock():
        with cluster.pointed_at(server, library.story("demo").database):
            first = sheets_of_the_city()
        with cluster.fresh_clone(server, "again") as name, cluster.pointed_at(server, name):
            assert sheets_of_the_city() != first

            load_roles(actor=SYSTEM, at=at)
            given = {"user": None, "on": day_of_demo(), "at": at}
            units_grid, people_grid = (read_grid(content, "a.csv") for content in first)
            services.import_units(grid=units_grid, opens_trees=True, **given)
            services.import_people(grid=people_grid, **given)

            assert sheets_of_the_city() == first


def sheets_of_the_city():
    return (
        as_csv(units.unit_sheet_rows(language="vi")),
        as_csv(units.people_sheet_rows(language="vi")),
    )
