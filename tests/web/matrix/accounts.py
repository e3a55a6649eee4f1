"""The addresses of accounts, of one's own password, and of posts."""

from tests.web.matrix.entries import Entries

KEPT = {
    "account-close": "account",
    "account-reopen": "account",
    "account-password": "account",
}
"""Forms about an account: 404 for whoever does not look after it."""

POSTED = {"post-new": "unit", "post-end": "post"}
"""Forms about posts: 403 where the unit or the post may only be looked at, 404 where not that."""

OF_PROGRAMS = dict.fromkeys(("key-close", "hook", "hook-close"), "account")
"""Keys and webhooks: 404 for whoever neither owns them nor looks after the account; the uid that
stands in the address here is nobody's key."""

ACCOUNTS = Entries(
    shown={"post": "post"},
    open_to_all=frozenset({"account_change_password", "account-reminders", "keys"}),
    public=frozenset({"calendar-feed"}),
    words={"<str:secret>": "khong-ai-biet"},
    told_apart=frozenset({"accounts", "account-open", *KEPT, *POSTED, "hooks", *OF_PROGRAMS}),
    of_people=frozenset({"post", "account-open", "post-end", *KEPT}),
    kinds={**KEPT, **POSTED, "account-open": "person", **OF_PROGRAMS},
)
