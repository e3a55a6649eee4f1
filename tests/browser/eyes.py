"""The widths and languages in which every screen is looked at."""

import pytest

EYES = [
    (390, "en"),
    pytest.param(1440, "vi", marks=pytest.mark.slow),
    pytest.param(1440, "en", marks=pytest.mark.slow),
    pytest.param(390, "vi", marks=pytest.mark.slow),
]
"""Width in CSS pixels and language; the slow ones only where everything is looked at."""
ALL_LATER = [
    pytest.param(width, language, marks=pytest.mark.slow)
    for width in (390, 1440)
    for language in ("vi", "en")
]
"""The same for pages of one subject: `test_screens` looks at one of each kind before."""
