"""Scenarios of accounts, of the names that the journal keeps, and of files."""

from collections.abc import Callable
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.files import services as files
from lotrinh.apps.hooks import services as hooks
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.rules.closing import Closing
from lotrinh.rules.scopes import Scope
from tests.apps.hooks.telling import make_hook
from tests.cast import Cast
from tests.factories import NOW, TODAY, key, make_user

Act = Callable[[], object]
Scenario = Callable[[Cast], Act]

_BY = {"actor": SYSTEM, "at": NOW}


def create_user(cast: Cast) -> Act:
    return lambda: accounts.create_user(sign_in_name="moi", password=None, **_BY)


def choose_language(cast: Cast) -> Act:
    return lambda: accounts.choose_language(user_id=cast.ha.pk, language="en", at=NOW)


def choose_address(cast: Cast) -> Act:
    return lambda: accounts.choose_address(user_id=cast.ha.pk, email="ha@hs.example", at=NOW)


def open_feed(cast: Cast) -> Act:
    return lambda: accounts.open_feed(user_id=cast.ha.pk, client_key=key(), at=NOW)


def close_feed(cast: Cast) -> Act:
    open_feed(cast)()
    return lambda: accounts.close_feed(user_id=cast.ha.pk, at=NOW)


def close_account(cast: Cast) -> Act:
    user = make_user()
    return lambda: accounts.close_account(user_id=user.pk, reason=Closing.LEFT, **_BY)


def reopen_account(cast: Cast) -> Act:
    user = make_user()
    accounts.close_account(user_id=user.pk, reason=Closing.LEFT, **_BY)
    return lambda: accounts.reopen_account(user_id=user.pk, read=None, client_key=key(), **_BY)


def give_password(cast: Cast) -> Act:
    user = make_user()
    return lambda: accounts.give_password(user_id=user.pk, read=None, client_key=key(), **_BY)


def change_password(cast: Cast) -> Act:
    user = make_user(password="mot cum tu rat dai")
    given = {"current": "mot cum tu rat dai", "new": "mot cum tu cua rieng"}
    return lambda: accounts.change_password(user_id=user.pk, **given, at=NOW)


def a_key(cast: Cast) -> str:
    """Return a key of the officer Hà."""
    return accounts.make_key(
        user_id=cast.ha.pk,
        name="Phần mềm",
        scopes=Scope,
        last_day=TODAY,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )


def make_key(cast: Cast) -> Act:
    return lambda: a_key(cast)


def close_key(cast: Cast) -> Act:
    a_key(cast)
    return lambda: accounts.close_key(key_id=cast.ha.keys.get().pk, actor=cast.ha.named, at=NOW)


def add_hook(cast: Cast) -> Act:
    return lambda: make_hook(cast.ha)


def close_hook(cast: Cast) -> Act:
    hook = make_hook(cast.ha)
    return lambda: hooks.close_hook(hook=hook, user=cast.ha, at=NOW)


def erase_subject(cast: Cast) -> Act:
    return lambda: journal.erase_subject(uid=cast.an.uid, **_BY)


def store(cast: Cast) -> Act:
    return lambda: files.store(content=b"x", media_type="text/plain", **_BY)


def declare_no_secret(cast: Cast) -> Act:
    blob = files.store(content=b"y", media_type="text/plain", **_BY)
    return lambda: files.declare_no_secret(blob=blob, pages="2", pictures=0, user=cast.chi, at=NOW)


def clear_strays(cast: Cast) -> Act:
    stray = Path(storages["blobs"].path("ab/cd/.1.part"))
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"half")
    return lambda: files.clear_strays(before=NOW.replace(year=2100), at=NOW)


def remove_unclaimed(cast: Cast) -> Act:
    digest = "ab" * 32
    storages["blobs"].save(f"ab/ab/{digest}", ContentFile(b"left"))
    return lambda: files.remove_unclaimed(sha256=digest, before=NOW.replace(year=2100), at=NOW)


ACCOUNT_SCENARIOS: dict[str, Scenario] = {
    "accounts.create_user": create_user,
    "accounts.choose_language": choose_language,
    "accounts.choose_address": choose_address,
    "accounts.open_feed": open_feed,
    "accounts.close_feed": close_feed,
    "accounts.close_account": close_account,
    "accounts.reopen_account": reopen_account,
    "accounts.give_password": give_password,
    "accounts.change_password": change_password,
    "accounts.make_key": make_key,
    "accounts.close_key": close_key,
    "hooks.add_hook": add_hook,
    "hooks.close_hook": close_hook,
    "journal.erase_subject": erase_subject,
    "files.store": store,
    "files.declare_no_secret": declare_no_secret,
    "files.clear_strays": clear_strays,
    "files.remove_unclaimed": remove_unclaimed,
}
