"""The steps that ``bench.desk`` measures, through the pages of an installation that is set up."""

import re
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import override_settings
from uuid_utils.compat import uuid7

from bench.documents import ROWS, make_word
from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties.models import Duty, DutySource
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import ReadingRun
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import services as units
from lotrinh.apps.units.selectors import MAIN_TREE
from lotrinh.rules.actions import Action

_AT = datetime(2025, 1, 2, tzinfo=UTC)
_SINCE = date(2008, 8, 1)
_BY: dict[str, Any] = {"actor": SYSTEM, "at": _AT}
_NAMES = ("Sở Tài chính", "Sở Nội vụ", "Sở Khoa học và Công nghệ")
_ONE_BY_ONE = 20
"""How many rows the baseline accepts; the rest is reckoned from them."""

Made = TypeVar("Made")


def measure() -> dict[str, float]:
    """Return the seconds of each step. Pages are made without the collected static files."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        return _measured()


def _measured() -> dict[str, float]:
    client, taken = _officer(), {}

    def timed(step: str, work: Callable[[], Made]) -> Made:
        start = time.perf_counter()
        made = work()
        taken[step] = time.perf_counter() - start
        return made

    plan = make_word()
    run = timed("upload", lambda: _upload(client, plan))
    timed("read", lambda: intake.read_run(uid=run.uid, at=_AT))
    desk = f"/documents/{run.rendition.document.uid}/desk/"
    timed("desk", lambda: client.get(desk))
    shown = timed("preview", lambda: client.get(f"{desk}several/?act=accept&table=0"))
    form = _form(shown.content.decode())
    answer = timed("accept", lambda: client.post(f"{desk}several/", form))
    _check(answer.status_code, run)
    undo = _undo(client.get(desk).content.decode())
    timed("undo", lambda: client.post(f"{desk}undo/", undo))
    if Duty.objects.filter(state="draft").exists():
        raise SystemExit("the block was not undone")
    start = time.perf_counter()
    for row in run.candidates.filter(rule="table.task").order_by("start")[:_ONE_BY_ONE]:
        form = {"client_key": str(uuid7()), "title": "Việc", "unit": _NAMES[0], "turn": "2"}
        client.post(f"/proposals/{row.uid}/accept/", form)
        client.get(desk)
    taken["one by one"] = (time.perf_counter() - start) * ROWS / _ONE_BY_ONE
    return taken


def _officer() -> Client:
    """Set up a province with its departments and sign somebody in who may do everything."""
    tree = units.create_tree(code=MAIN_TREE, name_vi="Cây", name_en="Tree", **_BY)
    root = _unit("tinh", "Tỉnh Lam Khê", tree, None)
    for number, name in enumerate(_NAMES):
        _unit(f"so{number}", name, tree, root)
    role = units.define_role(
        code="planning_officer", name_vi="Cán bộ", name_en="Officer", actions=Action, **_BY
    )
    user: User = accounts.create_user(sign_in_name="can-bo", password=None, language="vi", **_BY)
    person = units.register_person(full_name="Trần Mộc Chi", user=user, **_BY)
    post = units.create_post(
        unit=root, role=role, title_vi="Chuyên viên", title_en="Officer", **_BY
    )
    units.appoint(person=person, post=post, since=_SINCE, **_BY)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _unit(code: str, name: str, tree: Any, parent: Any) -> Any:
    unit = units.create_unit(code=code, kind="department", name_vi=name, name_en=name, **_BY)
    units.place_unit(unit=unit, tree=tree, parent=parent, since=_SINCE, **_BY)
    return unit


def _upload(client: Client, plan: bytes) -> ReadingRun:
    file = SimpleUploadedFile("ke-hoach.docx", plan)
    client.post("/documents/new/", {"client_key": str(uuid7()), "file": file})
    return ReadingRun.objects.select_related("rendition__document").get()


def _form(page: str) -> dict[str, Any]:
    """Return what the page of a block would send with every row ticked."""
    rows = re.findall(r'name="offered" value="(\d+)"', page)
    return {
        "client_key": str(uuid7()),
        "act": "accept",
        "said": re.findall(r'name="said" value="(\w+)"', page)[0],
        "offered": rows,
        "row": rows,
    }


def _undo(page: str) -> dict[str, str]:
    return {
        "client_key": str(uuid7()),
        "act": re.findall(r'name="act" value="([\w-]+)"', page)[0],
    }


def _check(status: int, run: ReadingRun) -> None:
    """Stop unless every row has become a draft that points to its own cell."""
    rows = run.candidates.filter(rule="table.task").values_list("start", "end")
    cells = DutySource.objects.filter(rendition=run.rendition).values_list("start", "end")
    if status != 303 or sorted(rows) != sorted(cells) or len(cells) != ROWS:
        raise SystemExit(f"status {status}: {len(cells)} drafts of {ROWS} rows")
