"""Scenarios of publishing: before, and the one call that is watched."""

from collections.abc import Callable

from tests.cast import Cast
from tests.publications import make_city, publish

Act = Callable[[], object]


def publish_targets(cast: Cast) -> Act:
    city = make_city(cast)
    return lambda: publish(city.families, user=cast.chi)


PUBLISHING_SCENARIOS = {"publishing.publish": publish_targets}
