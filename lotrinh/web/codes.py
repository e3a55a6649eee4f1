"""QR codes as drawings: of the address of a door, of a delegate's pass."""

import segno


def code_svg(said: str) -> str:
    """Return a QR code as an SVG element that fits its place, with the free edge it needs."""
    code = segno.make(said, error="m", micro=False, boost_error=False)
    return str(code.svg_inline(border=4, omitsize=True, unit=None))
