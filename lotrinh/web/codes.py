"""QR codes as drawings: of the address of a door, of a delegate's pass."""

import io

import segno


def code_svg(said: str) -> str:
    """Return a QR code as an SVG element that fits its place, with the free edge it needs."""
    drawn = io.BytesIO()
    code = segno.make(said, error="m", micro=False, boost_error=False)
    code.save(
        drawn, kind="svg", border=4, xmldecl=False, nl=False, svgns=False, omitsize=True, unit=None
    )
    return drawn.getvalue().decode()
