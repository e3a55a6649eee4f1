"""The demonstration as tests build it."""

from lotrinh.demo import city
from tests.stories import tell

DEMO = "demo"
Step = tuple[str, int, int]


def build() -> tuple[city.Summary, list[Step]]:
    """Build the city and note what is told meanwhile."""
    told: list[Step] = []
    return city.build(unit_count=None, progress=lambda *step: told.append(step)), told


tell(DEMO, build)
