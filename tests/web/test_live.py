"""The live line: all of it first, then only what changed; to who is behind, all of it again."""

import json
from uuid import uuid4

from lotrinh.web.live import Hub, changes
from tests.loops import finished


def said(line):
    return json.loads(line.removeprefix("data: "))


async def nothing() -> None:
    """Tidy nothing."""


def hub_of(states):
    """Return a hub whose subject is what the states say, one after the other."""

    async def ask(_uid):
        return states.pop(0)

    return Hub("none", ask, nothing)


def test_only_what_changed_is_told():
    before = {"words": {"vi": {"n": "1"}}, "sites": {"a": ["on", "1"], "b": ["off", ""]}}
    now = {"words": {"vi": {"n": "2"}}, "sites": {"a": ["on", "2"], "b": ["off", ""]}}

    assert changes(before, now) == {"words": {"vi": {"n": "2"}}, "sites": {"a": ["on", "2"]}}
    assert changes(now, now) == {}


def test_a_page_is_told_all_then_what_is_new_and_all_again_where_it_was_behind(monkeypatch):
    first, second = {"sites": {"a": 1, "b": 1}}, {"sites": {"a": 2, "b": 1}}
    third, fourth = {"sites": {"a": 2, "b": 2}}, {"sites": {"a": 2, "b": 3}}
    hub, uid = hub_of([first, second, third, fourth, fourth]), uuid4()
    monkeypatch.setattr(hub, "_watch", lambda: None)

    async def look():
        lines = hub.lines(uid)
        told = [await anext(lines)]
        await hub._renew(uid)
        told.append(await anext(lines))
        await hub._renew(uid)
        await hub._renew(uid)
        told.append(await anext(lines))
        await hub._renew(uid)
        assert hub.listeners == 1
        await lines.aclose()
        assert hub.listeners == 0
        return told

    told = [said(line) for line in finished(look())]

    assert told == [first, {"sites": {"a": 2}}, fourth]
