"""What an organisation's name is while it is being read."""

from dataclasses import dataclass


@dataclass(slots=True)
class Body:
    """An organisation's name while it is being read.

    ``name`` is set where the text elides its head ("các Sở: Tài chính, Y tế"); elsewhere the name
    is what stands between ``start`` and ``end``.
    """

    start: int
    end: int
    canonical: str | None
    rule: str
    name: str | None = None
