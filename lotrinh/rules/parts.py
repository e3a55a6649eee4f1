"""What other units do in a duty that exactly one unit owes.

The lead is the unit that owes: it is never a part, so there is one lead whatever the paper names.
"""

from enum import StrEnum


class Part(StrEnum):
    """What a unit does in a duty that another one owes.

    Source: the roles which lists of tasks give (phối hợp, tham mưu, theo dõi, thẩm định, trình,
    phê duyệt, đôn đốc), as used under the rules on following assigned tasks.
    """

    COORDINATE = "coordinate"
    ADVISE = "advise"
    MONITOR = "monitor"
    APPRAISE = "appraise"
    SUBMIT = "submit"
    APPROVE = "approve"
    URGE = "urge"
