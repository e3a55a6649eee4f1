"""What a document is and how it stands, said and seen on its pages."""

from datetime import date
from itertools import pairwise

import pytest
from django.urls import reverse

from lotrinh.apps.documents import reference, selectors
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Document, Relation
from lotrinh.apps.documents.services import Identity, Piece, Statement
from lotrinh.apps.journal.services import SYSTEM
from tests.cast import Cast
from tests.factories import (
    NOW,
    TEXT,
    TODAY,
    key,
    make_document,
    make_duty,
    make_rendition,
    make_run,
)
from tests.web.visiting import Visit, text_of

ON = {"on": TODAY, "at": NOW}


def page_of(document: Document, more: str = "") -> str:
    return f"/documents/{document.uid}/{more}"


def cite(cast: Cast, number: str = "45-NQ/TW", issued_on: date | None = None) -> Document:
    return registry.cite_document(
        identity=Identity(system="party", type_code="NQ", number=number, issued_on=issued_on),
        language="vi",
        keeper=cast.office,
        at=NOW,
    )


@pytest.fixture
def pair(cast: Cast) -> tuple[Document, Document]:
    """A programme that replaces an older one from 1 July 2024."""
    new = make_document(keeper=cast.office, user=cast.chi, number="97-CTr/TU")
    old = make_document(
        keeper=cast.office, user=cast.chi, number="11-CTr/TU", issued_on=date(2021, 3, 1)
    )
    registry.state_relation(
        statement=Statement(new, old, "replaces", effective_from=date(2024, 7, 1)),
        reason="Điều khoản thi hành",
        user=cast.chi,
        client_key=key(),
        **ON,
    )
    return new, old


@pytest.mark.parametrize(
    ("day", "code"),
    [("", "replaced"), ("?on=30/6/2024", "in_force"), ("?on=2021-02-28", "not_yet")],
)
def test_a_document_stands_as_of_the_day_asked_for(
    cast: Cast, pair: tuple[Document, Document], day: str, code: str
) -> None:
    shown = Visit(cast.chi).look(page_of(pair[1], day))

    assert shown.context["validity"].code == code
    causes = [cause.name for cause in shown.context["validity"].causes]
    assert causes == (["97-CTr/TU"] if code == "replaced" else [])


def test_what_a_replacement_touches_is_on_both_pages(
    cast: Cast, pair: tuple[Document, Document]
) -> None:
    new, old = pair
    duty = make_duty(
        owed_to=cast.office, user=cast.chi, unit=cast.ho_sen, rendition=make_rendition(old)
    )

    on_new = Visit(cast.chi).look(page_of(new))
    on_old = Visit(cast.chi).look(page_of(old))

    ((other, rows),) = on_new.context["touched"]
    assert (other.name, [row.title for row in rows]) == ("11-CTr/TU", [duty.title])
    assert "<b>1</b>" in text_of(on_old)
    assert [row.title for row in on_old.context["commitments"]] == [duty.title]
    assert on_new.context["commitments"] == ()


def test_a_clause_has_an_address_that_leads_to_it(cast: Cast) -> None:
    document = make_document(keeper=cast.office, user=cast.chi)
    text = "Điều 5. Phạm vi\n2. Việc này\na) Bước đầu\n"
    rendition = make_rendition(document, text)
    registry.divide(
        rendition=rendition,
        pieces=[
            Piece(0, 15, "Điều 5.", 3, "heading"),
            Piece(16, 27, "2.", 4, "item"),
            Piece(28, 39, "a)", 6, "item"),
        ],
        at=NOW,
    )
    visit = Visit(cast.chi)

    shown = visit.look(page_of(document))
    rows = [(row.words_text, row.here_url, row.depth) for row in shown.context["outline"]]

    assert rows == [
        ("Điều 5", "#d1", 0),
        ("Điều 5, khoản 2", "#d2", 1),
        ("Điều 5, khoản 2, điểm a", "#d3", 2),
    ]
    address = shown.context["outline"][2].address
    assert address == page_of(document, "?clause=dieu-5.khoan-2.diem-a")
    assert visit.look(address, status=302)["Location"] == page_of(document, "#d3")
    assert visit.look(page_of(document, "?clause=diem-a"), status=302)["Location"].endswith("#d3")
    visit.look(page_of(document, "?clause=dieu-99"))


def test_the_text_that_counts_is_shown_and_another_is_taken_with_a_reason(cast: Cast) -> None:
    document = make_document(keeper=cast.office, user=cast.chi)
    first, second = (make_rendition(document, text) for text in ("Bản một.", "Bản hai."))
    visit = Visit(cast.chi)
    form = {"client_key": key(), "seen": first.uid}

    visit.send(f"/texts/{second.uid}/take/", form)
    assert selectors.text_that_counts(document) == first
    visit.send(f"/texts/{second.uid}/take/", {**form, "remark": "bản ký"})

    assert selectors.text_that_counts(document) == second
    assert "Bản hai." in text_of(visit.look(page_of(document)))
    assert "Bản một." in text_of(visit.look(page_of(document, f"?text={first.uid}")))
    rows = visit.look(page_of(document, "record/")).context["texts"]
    assert [(row.uid, row.counts) for row in rows] == [(second.uid, True), (first.uid, False)]


def test_a_verified_text_bears_its_mark_and_whoever_may_only_look_no_button(cast: Cast) -> None:
    document = make_document(keeper=cast.office, user=cast.chi)
    rendition = make_rendition(document)
    visit, sent = Visit(cast.chi), {"client_key": key(), "remark": "từng trang"}

    visit.send(f"/texts/{rendition.uid}/verify/", sent)
    visit.send(f"/texts/{rendition.uid}/verify/", sent)

    assert visit.look(page_of(document)).context["is_verified"] is True
    (row,) = visit.look(page_of(document, "record/")).context["texts"]
    assert [one.remark for one in row.verified] == ["từng trang"]
    for_leader = text_of(Visit(cast.thach).look(page_of(document, "record/")))
    assert "từng trang" in for_leader
    assert f"/texts/{rendition.uid}/verify/" not in for_leader


def test_a_stub_of_several_documents_asks_which_is_meant(cast: Cast) -> None:
    dated = [cite(cast, issued_on=date(year, 1, 1)) for year in (2013, 2023)]
    stub, visit = cite(cast), Visit(cast.chi)
    naming = make_document(keeper=cast.office, user=cast.chi, number="30-CTr/TU")
    registry.relate(
        source=naming, target=stub, kind="implements", rendition=None, span=None, at=NOW
    )

    shown = visit.look(page_of(stub, "record/"))
    assert {row for row, _door in shown.context["may_be"]} == set(dated)
    visit.send(page_of(stub, "merge/"), {"into": dated[1].uid})  # no reason: nothing happens
    assert Document.objects.get(pk=stub.pk).merged_into is None
    visit.send(page_of(stub, "merge/"), {"into": dated[1].uid, "reason": "khóa XIII"})

    assert visit.look(page_of(stub), status=302)["Location"] == page_of(dated[1])
    down = visit.look(page_of(dated[1])).context["relations_down"]
    assert [row.number for row in down] == ["30-CTr/TU"]
    visit.send(page_of(stub, "unmerge/"), {})
    assert visit.look(page_of(dated[1])).context["relations_down"] == ()


def test_what_is_typed_about_a_document_survives_somebody_else(cast: Cast) -> None:
    stub, visit = cite(cast), Visit(cast.chi)
    path = page_of(stub, "describe/")
    read = visit.look(path).context["was"]
    visit.send(path, {"was": read, "title": "Về trí thức", "issued_on": "24/11/2023"})

    late = visit.send(path, {"was": read, "title": "Về đội ngũ trí thức"}, status=422)

    stub.refresh_from_db()
    assert (stub.title, stub.issued_on) == ("Về trí thức", date(2023, 11, 24))
    assert "Về đội ngũ trí thức" in text_of(late)
    assert "Về trí thức" in text_of(late)
    visit.send(path, {"was": late.context["was"], "title": "Về đội ngũ trí thức"})
    stub.refresh_from_db()
    assert stub.title == "Về đội ngũ trí thức"
    visit.send(path, {"was": "x", "issued_on": "31/31/2023"}, status=422)


def relation_form(**more: object) -> dict[str, object]:
    form = {"client_key": key(), "direction": "out", "kind": "amends", "reason": "đã đọc"}
    return form | {"number": "11-CTr/TU"} | more


def test_a_relation_is_stated_with_its_day_and_clause_and_put_right(
    cast: Cast, pair: tuple[Document, Document]
) -> None:
    new, old = pair
    visit = Visit(cast.chi)

    visit.send(
        page_of(new, "relations/new/"),
        relation_form(target_pinpoint="khoản 2 Điều 5", effective_from="1/9/2024"),
    )

    made = Relation.objects.get(kind="amends")
    assert (made.target, made.target_pinpoint, made.effective_from) == (
        old,
        "dieu-5.khoan-2",
        date(2024, 9, 1),
    )
    page = f"/relations/{made.uid}/"
    assert "Điều 5, khoản 2" in text_of(visit.look(page))
    visit.send(page, relation_form(kind="supplements"))
    made.refresh_from_db()
    assert (made.ended_by, made.superseded_by.kind) == (cast.chi, "supplements")
    again = f"/relations/{made.superseded_by.uid}/withdraw/"
    visit.send(again, {"reason": "đọc nhầm"})
    visit.send(again, {"reason": "đọc nhầm"})
    ended = visit.look(page_of(new, "record/")).context["ended"]
    assert [row.ended_reason for row, _words, _door in ended] == ["đọc nhầm", "đã đọc"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": "không phải số"}, "number"),
        ({"number": ""}, "number"),
        ({"reason": ""}, "reason"),
        ({"target_pinpoint": "đâu đó"}, "target_pinpoint"),
        ({"effective_from": "31/31/2024"}, "effective_from"),
        ({"kind": "replaces", "effective_from": ""}, "__all__"),
    ],
)
def test_a_relation_that_cannot_be_is_refused_beside_its_field(
    cast: Cast, pair: tuple[Document, Document], wrong: dict[str, object], field: str
) -> None:
    answer = Visit(cast.chi).send(
        page_of(pair[0], "relations/new/"), relation_form(**wrong), status=422
    )

    assert list(answer.context["form"].errors) == [field]
    assert Relation.objects.count() == 1


def test_of_several_documents_with_one_number_a_person_chooses(
    cast: Cast, pair: tuple[Document, Document]
) -> None:
    dated = [cite(cast, issued_on=date(year, 1, 1)) for year in (2013, 2023)]
    visit, path = Visit(cast.chi), page_of(pair[0], "relations/new/")
    form = relation_form(number="45- NQ/TW", kind="implements")

    asked = visit.send(path, form, status=422)
    assert set(asked.context["candidates"]) == set(dated)
    visit.send(path, {**form, "other": dated[1].uid})

    assert Relation.objects.get(kind="implements").target == dated[1]


def test_an_effect_without_its_cause_is_told_on_the_page(cast: Cast) -> None:
    document = make_document(keeper=cast.office, user=cast.chi, number="11-CTr/TU")
    form = relation_form(number="", direction="in", kind="repeals", effective_from="1/7/2024")

    Visit(cast.chi).send(page_of(document, "relations/new/"), form)

    shown = Visit(cast.chi).look(page_of(document))
    assert (shown.context["validity"].code, shown.context["validity"].causes) == ("repealed", ())
    (row,) = shown.context["relations_down"]
    assert (row.number, row.url) == (None, None)


def codes(cast: Cast, document: Document, more: str = "") -> set[str]:
    shown = Visit(cast.chi).look(page_of(document, more))
    return {warning.code for warning in shown.context["warnings"]}


def test_doubles_and_gaps_of_a_series_are_warned_of(cast: Cast) -> None:
    days = [date(2024, 1, 5), date(2024, 3, 1), date(2024, 5, 1)]
    given = {"keeper": cast.office, "user": cast.chi, "issuer": cast.city, "type_code": "CTr"}
    rows = [
        make_document(number=number, issued_on=day, **given)
        for number, day in zip(("30-CTr/TU", "33-CTr/TU", "34-CTr/TU"), days, strict=True)
    ]

    shown = Visit(cast.chi).look(page_of(rows[1]))

    (warning,) = shown.context["warnings"]
    assert warning.code == "gap"
    assert "31-32" in warning.words_text
    assert codes(cast, rows[2]) == set()
    for year, term in ((2022, "XIII"), (2023, "XIII")):
        row = cite(cast, "08-NQ/TW", date(year, 1, 1))
        Document.objects.filter(pk=row.pk).update(term=term)
    assert codes(cast, row) == {"same_number"}


def test_a_type_that_the_issuer_may_not_use_and_a_mixed_order_are_warned_of(cast: Cast) -> None:
    reference.load_reference(actor=SYSTEM, at=NOW)
    given = {"keeper": cast.office, "user": cast.chi, "issued_on": date(2026, 3, 1)}
    directive = make_document(number="01-CT/ĐU", type_code="CT", **given)
    plan = make_document(number="06-KH/TU", type_code="KH", **given)
    make_rendition(plan, "THÀNH ỦY\nSố 06/KH-TU\nKẾ HOẠCH")

    assert codes(cast, directive) == {"type_not_of_issuer"}
    assert codes(cast, plan) == {"mixed_order"}


def test_only_the_issuer_or_its_superior_changes_a_party_document(cast: Cast) -> None:
    given = {"keeper": cast.office, "user": cast.chi}
    of_city = make_document(number="11-CTr/TU", issuer=cast.city, **given)
    of_ward = make_document(number="12-CTr/ĐU", issuer=cast.sen_tay, **given)
    for source, target in ((of_ward, of_city), (of_city, of_ward)):
        registry.state_relation(
            statement=Statement(source, target, "amends"),
            reason="x",
            user=cast.chi,
            client_key=key(),
            **ON,
        )

    shown = Visit(cast.chi).look(page_of(of_ward, "record/"))

    said = [each for each in shown.context["warnings"] if each.code == "not_issuer_nor_superior"]
    assert [each.doors[0].name for each in said] == ["11-CTr/TU"]


def test_a_family_is_an_indented_list_as_of_a_day(cast: Cast) -> None:
    run = make_run(keeper=cast.office, user=cast.chi, text=TEXT)
    top = Document.objects.get(number="45-NQ/TW")
    registry.relate(
        source=top,
        target=cite(cast, "27-NQ/TW"),
        kind="continues",
        rendition=None,
        span=None,
        at=NOW,
    )
    visit, document = Visit(cast.chi), run.rendition.document

    def lines(day: str) -> list[tuple[str, int, bool, bool]]:
        rows = visit.look(page_of(document, f"family/{day}")).context["rows"]
        return [(row.number, row.depth, row.is_stub, row.is_here) for row in rows]

    assert lines("") == [
        ("27-NQ/TW", 0, True, False),
        ("45-NQ/TW", 1, True, False),
        ("97-CTr/TU", 2, False, True),
    ]
    assert lines("?on=9/5/2024") == [("97-CTr/TU", 0, False, True)]


def test_reference_data_is_shown_as_of_a_day_and_days_of_terms_are_entered(cast: Cast) -> None:
    reference.load_reference(actor=SYSTEM, at=NOW)
    visit = Visit(cast.chi)

    before = text_of(visit.look("/documents/reference/?on=2024-01-01"))
    after = text_of(visit.look("/documents/reference/?on=2026-03-01"))

    assert ("66-QĐ/TW" in before, "399-QĐ/TW" in before) == (True, False)
    assert ("66-QĐ/TW" in after, "399-QĐ/TW" in after) == (False, True)
    path = reverse("term", args=["XIII"])
    visit.send(path, {"begins_on": "2/2/2021", "ends_on": "1/2/2021"}, status=422)
    visit.send(path, {"begins_on": "2/2/2021", "ends_on": "22/1/2026", "legal_basis": "Đại hội"})
    late = visit.send(path, {"begins_on": "3/2/2021"}, status=422)
    assert "3/2/2021" in text_of(late)
    stub = cite(cast, "45-NQ/TW", date(2023, 11, 24))
    assert stub.term == "XIII"


def test_the_new_pages_stay_within_twenty_queries(
    cast: Cast, pair: tuple[Document, Document]
) -> None:
    visit = Visit(cast.chi)
    make_rendition(pair[0])
    relation = Relation.objects.get()

    costs = {
        name: visit.cost(path)
        for name, path in {
            "document": page_of(pair[0]),
            "record": page_of(pair[0], "record/"),
            "family": page_of(pair[0], "family/"),
            "describe": page_of(pair[0], "describe/"),
            "relation": f"/relations/{relation.uid}/",
            "reference": "/documents/reference/",
        }.items()
    }

    chain = [make_document(keeper=cast.office, user=cast.chi) for _each in range(12)]
    for newer, older in pairwise(reversed(chain)):
        registry.relate(
            source=newer, target=older, kind="implements", rendition=None, span=None, at=NOW
        )
    costs["deep family"] = visit.cost(page_of(chain[5], "family/"))
    assert len(visit.look(page_of(chain[5], "family/")).context["rows"]) == 10

    assert {name: cost for name, cost in costs.items() if cost > 20} == {}
