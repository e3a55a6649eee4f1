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

ACCOUNTS = Entries(
    shown={"post": "post"},
    open_to_all=frozenset({"account_change_password", "keys"}),
    told_apart=frozenset(
        {"accounts", "account-open", *KEPT, *POSTED, "key-close", "hooks", "hook", "hook-close"}
    ),
    of_people=frozenset({"post", "account-open", "post-end", *KEPT}),
    kinds={**KEPT, **POSTED, "account-open": "person"},
)
