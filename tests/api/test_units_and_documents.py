"""Units and documents by the interface."""

from uuid import uuid4

import pytest

from tests.api.asking import Program
from tests.cast import Cast
from tests.factories import TEXT, make_run

pytestmark = pytest.mark.django_db


def test_the_tree_of_a_day_comes_page_by_page_with_the_unit_above(cast: Cast) -> None:
    program = Program(cast.an)  # which units exist is known to all

    rows, path = [], "/units?limit=2&on=2023-06-01"
    while path:
        page = program.get(path)
        assert len(page["items"]) <= 2
        rows += page["items"]
        path = (page["next"] or "").removeprefix("/api/v1")

    above = {row["code"]: row["parent"] for row in rows}
    assert above["phuong-sen-cu"] == str(cast.ho_sen.uid)
    assert above["tp-ho-sen"] is None
    today = [row["code"] for row in program.get("/units")["items"]]
    assert "phuong-sen-cu" not in today and today[0] == "tp-ho-sen"
    assert [row["code"] for row in program.get("/units?tree=elections")["items"]] == ["to-bau-cu"]


def test_one_unit_says_where_it_stands_on_a_day(cast: Cast) -> None:
    program = Program(cast.an)

    before = program.get(f"/units/{cast.sen_cu.uid}?on=2023-12-31")
    after = program.get(f"/units/{cast.sen_cu.uid}?on=2024-01-01")

    assert before["place"]["parent"] == str(cast.ho_sen.uid)
    assert (before["place"]["until"], after["place"]) == ("2024-01-01", None)
    assert program.get(f"/units/{uuid4()}", status=404)["status"] == 404
    assert program.get("/units?on=9999-12-31", status=422)["errors"][0]["field"] == "on"


def test_documents_are_those_that_the_account_sees_with_their_clauses(cast: Cast) -> None:
    document = make_run(keeper=cast.ho_sen, user=cast.chi, text=TEXT).rendition.document
    ha, khe = Program(cast.ha), Program(cast.khe)

    listed = ha.get("/documents?system=party")["items"]
    told = ha.get(f"/documents/{document.uid}")
    first = ha.get(f"/documents/{document.uid}/clauses?limit=1")
    rest = ha.get(f"/documents/{document.uid}/clauses?after={first['items'][0]['ordinal']}")

    assert [row["number"] for row in listed] == ["97-CTr/TU"]
    assert told["texts"][0]["counts"] is True
    assert told["texts"][0]["length"] == len(TEXT)
    clauses = first["items"] + rest["items"]
    assert [row["text"] for row in clauses] == [TEXT[row["start"] : row["end"]] for row in clauses]
    assert first["next"] and not rest["next"]
    assert khe.get("/documents")["items"] == []
    for path in (f"/documents/{document.uid}", f"/documents/{document.uid}/clauses"):
        assert khe.get(path, status=404) == khe.get(f"/documents/{uuid4()}", status=404)
