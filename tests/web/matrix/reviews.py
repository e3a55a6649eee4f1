"""The addresses of reviews: the list, one that is written, its parts, what was frozen of it."""

from tests.factories import key
from tests.web.matrix.entries import Entries
from tests.web.world import DECIDES, ISSUES, SEES

_AS_IT_IS = {
    "version": "1",
    "about": "Kết quả thực hiện chương trình hành động",
    "issuer": "Đơn vị",
    "counted_on": "7/8/2024",
}

REVIEWS = Entries(
    shown={
        "review": "review",
        "section": "section",
        "section-history": "section",
        "edition": "edition",
        "edition-file": "edition",
    },
    filled_in={
        "review-frame": ("review", DECIDES),
        "review-number": ("review", DECIDES),
        "review-freeze": ("review", ISSUES),
    },
    done={
        "section-comment": ("section", SEES),
        "comment-settle": ("comment", DECIDES),
    },
    listed={"reviews": "review"},
    public=frozenset({"verify"}),
    told_apart=frozenset({"review-new", "review-draft", "edition-number"}),
    kinds={"verify": "edition", "review-draft": "review", "edition-number": "edition"},
    words={"int:number": "1"},
    forms={
        "review-frame": lambda: dict(_AS_IT_IS),
        "review-number": lambda: {"of": "duties", "aspect": "on_time"},
        "review-freeze": lambda: {"client_key": str(key()), "reason": "Nêu nguyên nhân"},
        "section-comment": lambda: {"client_key": str(key()), "text": "Nêu rõ đơn vị"},
    },
)
