"""Why somebody may or may not do something, as one sentence in either language.

The reason nearest to a yes is given: a post that ended yesterday explains more than "no right". A
sentence names posts, units and days; the caller decides whether the asker may read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Word = tuple[str, str]
"""A name in Vietnamese and in English."""


class Reason(StrEnum):
    """Why a right holds or does not, the first that applies."""

    BY_POST = "by_post"
    BY_DELEGATION = "by_delegation"
    BY_MANDATE = "by_mandate"
    FOR_EVERYONE = "for_everyone"
    ACCOUNT_CLOSED = "account_closed"
    UNIT_NOWHERE = "unit_nowhere"
    POST_ENDED = "post_ended"
    POST_NOT_BEGUN = "post_not_begun"
    LENDER_LEFT = "lender_left"
    MANDATE_ENDED = "mandate_ended"
    MANDATE_NOT_BEGUN = "mandate_not_begun"
    NEEDS_MANDATE = "needs_mandate"
    SCOPE_ENDED = "scope_ended"
    ELSEWHERE = "elsewhere"
    NOT_CARRIED = "not_carried"
    NO_POST = "no_post"


ALLOWED = frozenset({Reason.BY_POST, Reason.BY_DELEGATION, Reason.BY_MANDATE, Reason.FOR_EVERYONE})


@dataclass(frozen=True, slots=True)
class Why:
    """The answer to one question about one right.

    ``words`` and ``days`` fill the sentence: the post, its unit, the scope, the role, the basis;
    the first or last day that matters.
    """

    reason: Reason
    words: Mapping[str, Word] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)

    @property
    def allowed(self) -> bool:
        """Whether the right holds."""
        return self.reason in ALLOWED


@dataclass(frozen=True, slots=True)
class Places:
    """Where a right over one object is judged: at any one of ``units``, or at ``all_of_them``.

    ``for_everyone``: the object is open to everyone who can sign in.
    """

    units: tuple[int, ...] = ()
    all_of_them: bool = False
    for_everyone: bool = False


_SENTENCES: dict[Reason, Word] = {
    Reason.BY_POST: (
        "Được: giữ chức vụ {post} ({unit}) từ {since}; vai trò “{role}” có quyền này trong phạm vi "
        "{scope}.",
        "Allowed: holds the post {post} ({unit}) since {since}; the role “{role}” carries this "
        "right throughout {scope}.",
    ),
    Reason.BY_DELEGATION: (
        "Được: được ủy quyền chức vụ {post} ({unit}) đến hết {last}; vai trò “{role}” có quyền này "
        "trong phạm vi {scope}.",
        "Allowed: the post {post} ({unit}) is delegated to this person up to and including {last}; "
        "the role “{role}” carries this right throughout {scope}.",
    ),
    Reason.BY_MANDATE: (
        "Được: kiểm tra theo {basis}, từ {since}, trong phạm vi {scope}; mọi lượt xem được "
        "ghi lại.",
        "Allowed: inspects by {basis} since {since} throughout {scope}; every page opened is "
        "recorded.",
    ),
    Reason.FOR_EVERYONE: (
        "Được: mọi người đăng nhập đều xem được.",
        "Allowed: open to everyone who can sign in.",
    ),
    Reason.ACCOUNT_CLOSED: (
        "Không được: tài khoản đã khóa.",
        "Not allowed: the account is closed.",
    ),
    Reason.UNIT_NOWHERE: (
        "Không được: đơn vị {target} không đứng trong hệ thống mà quyền được giao.",
        "Not allowed: {target} does not stand in the tree over which rights are given.",
    ),
    Reason.POST_ENDED: (
        "Không được: đã thôi giữ chức vụ {post} ({unit}) sau ngày {last}.",
        "Not allowed: held the post {post} ({unit}) up to and including {last} only.",
    ),
    Reason.POST_NOT_BEGUN: (
        "Chưa được: sẽ giữ chức vụ {post} ({unit}) từ {since}.",
        "Not yet allowed: will hold the post {post} ({unit}) from {since}.",
    ),
    Reason.LENDER_LEFT: (
        "Không được: người ủy quyền không còn giữ chức vụ {post} ({unit}).",
        "Not allowed: whoever delegated the post {post} ({unit}) holds it no longer.",
    ),
    Reason.MANDATE_ENDED: (
        "Không được: {basis} đã hết hiệu lực sau ngày {last}.",
        "Not allowed: {basis} was in force up to and including {last} only.",
    ),
    Reason.MANDATE_NOT_BEGUN: (
        "Chưa được: {basis} có hiệu lực từ {since}.",
        "Not yet allowed: {basis} is in force from {since}.",
    ),
    Reason.NEEDS_MANDATE: (
        "Không được: vai trò “{role}” chỉ có quyền khi có quyết định kiểm tra; hiện không có quyết "
        "định nào áp dụng cho {target}.",
        "Not allowed: the role “{role}” gives rights only with an inspection decision; none "
        "applies to {target}.",
    ),
    Reason.SCOPE_ENDED: (
        "Không được: chức vụ {post} có phạm vi {scope}, đơn vị này không còn tồn tại.",
        "Not allowed: the post {post} reaches {scope}, which no longer stands.",
    ),
    Reason.ELSEWHERE: (
        "Không được: quyền này có ở phạm vi {scope} ({post}), không gồm {target}.",
        "Not allowed: the right reaches {scope} ({post}), which does not include {target}.",
    ),
    Reason.NOT_CARRIED: (
        "Không được: chức vụ {post} ({unit}) có phạm vi {scope} nhưng vai trò “{role}” không có "
        "quyền này.",
        "Not allowed: the post {post} ({unit}) reaches {scope}, but the role “{role}” does not "
        "carry this right.",
    ),
    Reason.NO_POST: (
        "Không được: không giữ chức vụ hay quyết định kiểm tra nào vào ngày này.",
        "Not allowed: holds no post and no mandate on that day.",
    ),
}


def sentence(why: Why, *, language: str) -> str:
    """Return the answer in ``vi`` or ``en``.

    >>> sentence(Why(Reason.ACCOUNT_CLOSED), language="en")
    'Not allowed: the account is closed.'
    """
    index = 1 if language.startswith("en") else 0
    words = {name: word[index] for name, word in why.words.items()}
    days = {name: f"{day.day}/{day.month}/{day.year}" for name, day in why.days.items()}
    return _SENTENCES[why.reason][index].format(**words, **days)
