"""The code at the foot of each page that opens the page of verification."""

import io

import segno


def code_svg(address: str) -> bytes:
    """Return a QR code of an address as a drawing, with the free edge that it needs."""
    drawn = io.BytesIO()
    _code(address).save(drawn, kind="svg", border=2, xmldecl=False, nl=False)
    return drawn.getvalue()


def code_png(address: str) -> bytes:
    """Return a QR code of an address as a picture, eight points to a module."""
    drawn = io.BytesIO()
    _code(address).save(drawn, kind="png", border=2, scale=8)
    return drawn.getvalue()


def _code(address: str) -> segno.QRCode:
    return segno.make(address, error="m", micro=False, boost_error=False)
