"""The widths and languages in which every screen is looked at."""

import pytest

EYES = [
    (390, "en"),
    pytest.param(1440, "vi", marks=pytest.mark.slow),
    pytest.param(1440, "en", marks=pytest.mark.slow),
    pytest.param(390, "vi", marks=pytest.mark.slow),
]
"""Width in CSS pixels and language; the slow ones only where everything is looked at."""
