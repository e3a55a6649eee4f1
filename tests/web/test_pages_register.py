"""The register is narrowed by its address and searched in any spelling, without any script."""

from datetime import date
from typing import Any

from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Document
from lotrinh.apps.documents.services import Identity
from lotrinh.apps.files.sheets import read_grid
from tests.cast import Cast
from tests.factories import NOW, key, make_document, make_rendition, make_run
from tests.web.visiting import Visit, text_of


def numbers(visit: Visit, query: str) -> list[str]:
    """Return the numbers on the page; the number of finds agrees with them."""
    shown = visit.look(f"/documents/{query}")
    assert shown.context["total"] == len(shown.context["documents"])
    return sorted(row.number for row in shown.context["documents"])


def shelf(cast: Cast) -> None:
    by_chi: dict[str, Any] = {"keeper": cast.office, "user": cast.chi}
    make_document(**by_chi, number="1-CT/TU", type_code="CT", issuer=cast.ho_sen)
    make_document(**by_chi, number="2/KH-UBND", type_code="KH", system="state", language="en")
    make_document(keeper=cast.ho_sen, user=cast.ha, number="3-CTr/TU", issued_on=date(2020, 2, 3))
    registry.cite_document(
        identity=Identity(system="party", type_code="NQ", number="45-NQ/TW"),
        language="vi",
        keeper=cast.office,
        at=NOW,
    )


def test_each_filter_narrows_and_they_narrow_together(cast: Cast) -> None:
    shelf(cast)
    visit = Visit(cast.chi)

    assert numbers(visit, "") == ["1-CT/TU", "2/KH-UBND", "3-CTr/TU"]
    assert numbers(visit, "?system=state") == ["2/KH-UBND"]
    assert numbers(visit, "?type=CT") == ["1-CT/TU"]
    assert numbers(visit, f"?issuer={cast.ho_sen.uid}") == ["1-CT/TU"]
    assert numbers(visit, f"?keeper={cast.ho_sen.uid}") == ["3-CTr/TU"]
    assert numbers(visit, "?year=2020") == ["3-CTr/TU"]
    assert numbers(visit, "?held=cited") == ["45-NQ/TW"]
    assert numbers(visit, "?q=45&held=text") == []
    assert numbers(visit, "?language=en") == ["2/KH-UBND"]
    assert numbers(visit, "?in_force=1/3/2020") == ["3-CTr/TU"]
    assert numbers(visit, "?system=party&year=2024") == ["1-CT/TU"]
    assert numbers(visit, "?system=state&year=2020") == []
    for nonsense in ("year=20", "issuer=x", f"keeper={key()}", "in_force=31/2/2020", "type=?"):
        assert numbers(visit, f"?{nonsense}") == []


def test_in_force_heeds_what_ended_a_document_and_only_if_the_reader_may_see_the_cause(
    cast: Cast,
) -> None:
    old = make_document(
        keeper=cast.ho_sen, user=cast.ha, number="3-CTr/TU", issued_on=date(2020, 2, 3)
    )
    new = make_document(
        keeper=cast.office, user=cast.chi, number="4-CTr/TU", issued_on=date(2022, 2, 3)
    )
    registry.relate(source=new, target=old, kind="replaces", rendition=None, span=None, at=NOW)

    assert numbers(Visit(cast.chi), "?in_force=1/1/2022") == ["3-CTr/TU"]
    assert numbers(Visit(cast.chi), "?in_force=3/2/2022") == ["4-CTr/TU"]
    assert numbers(Visit(cast.ha), "?in_force=3/2/2022") == ["3-CTr/TU"]


def test_of_very_many_it_is_said_that_there_are_more(cast: Cast) -> None:
    Document.objects.bulk_create(
        Document(
            system="party",
            type_code="CT",
            number=f"{n}-CT/TU",
            title="Việc",
            language="vi",
            keeper=cast.office,
            issued_on=date(2019, 2, 3),
            year=2019,
            registered_at=NOW,
        )
        for n in range(1, 1002)
    )
    visit = Visit(cast.chi)

    assert "Tìm thấy hơn <b>1.000</b> văn kiện." in text_of(visit.look("/documents/?year=2019"))
    pages, found, path = [], [], "/documents/?year=2019"
    while path:
        shown = visit.look(path)
        pages.append(len(shown.context["documents"]))
        found += [row.number for row in shown.context["documents"]]
        path = shown.context["next_url"]
    assert pages == [50] * 20 + [1]
    assert found == [f"{n}-CT/TU" for n in range(1001, 0, -1)]
    assert "<b>1.001</b> văn kiện" in text_of(visit.look("/documents/"))
    Document.objects.filter(number="7-CT/TU").update(year=2018)
    assert "Tìm thấy <b>1.000</b> văn kiện." in text_of(visit.look("/documents/?year=2019"))


def test_every_filter_that_is_set_can_be_taken_away(cast: Cast) -> None:
    shelf(cast)
    shown = Visit(cast.chi).look("/documents/?q=ct&type=CT&year=2024")

    chips = [(chip.text, chip.url) for chip in shown.context["chips"]]

    assert chips == [
        ("CT", "/documents/?q=ct&year=2024"),
        ("năm 2024", "/documents/?q=ct&type=CT"),
    ]


def test_the_form_of_filters_comes_where_it_is_asked_for_and_offers_only_what_is_seen(
    cast: Cast,
) -> None:
    shelf(cast)
    visit = Visit(cast.ha)

    plain = visit.look("/documents/?year=2020")
    form = visit.look("/documents/?year=2020&narrow=1")

    assert plain.context["choices"] is None
    assert '<input type="hidden" name="year" value="2020">' in text_of(plain)
    assert [one.text for one in form.context["choices"].keeper] == ["Quận Hồ Sen"]
    assert form.context["choices"].issuer == ()
    assert form.context["choices"].year == "2020"


def test_what_is_found_shows_its_passage_and_leads_there(cast: Cast) -> None:
    run = make_run(keeper=cast.office, user=cast.chi)
    rendition = run.rendition

    shown = Visit(cast.chi).look("/documents/?q=ty le that nghiep")

    (row,) = shown.context["documents"]
    clause = rendition.clauses.get(
        start__lte=rendition.text.index("tỷ lệ thất"), end__gt=rendition.text.index("tỷ lệ thất")
    )
    assert row.found.url == (
        f"/documents/{rendition.document.uid}/?text={rendition.uid}#d{clause.ordinal}"
    )
    assert [part for part, is_hit in row.found.parts if is_hit][:4] == [
        "tỷ",
        "lệ",
        "thất",
        "nghiệp",
    ]
    assert '<mark class="lt-hit lt-nowrap">thất</mark>' in text_of(shown)


def test_what_waits_is_said_of_the_whole_register_alone(cast: Cast) -> None:
    make_run(keeper=cast.office, user=cast.chi)
    visit = Visit(cast.chi)

    assert "đề xuất chờ xét" in text_of(visit.look("/documents/"))
    assert "đề xuất chờ xét" not in text_of(visit.look("/documents/?q=ty le that nghiep"))


def test_a_misspelt_number_is_answered_with_what_may_be_meant(cast: Cast) -> None:
    shelf(cast)

    shown = Visit(cast.chi).look("/documents/?q=54-NQ/TW")

    assert [row.number for row in shown.context["near"]] == ["45-NQ/TW"]
    assert "Có thể ông, bà cần tìm" in text_of(shown)


def test_finds_that_do_not_fit_follow_on_the_next_page(cast: Cast) -> None:
    made = [
        make_document(keeper=cast.office, user=cast.chi, title=f"Về đào tạo {n}").uid
        for n in range(23)
    ]
    visit = Visit(cast.chi)

    first = visit.look("/documents/?q=dao tao")
    second = visit.look(first.context["next_url"])

    rows = [row.uid for page in (first, second) for row in page.context["documents"]]
    assert (len(first.context["documents"]), first.context["total"]) == (20, 23)
    assert (sorted(rows), second.context["next_url"]) == (sorted(made), None)


def test_what_is_hidden_is_neither_found_nor_counted_nor_a_place_to_go_on_from(cast: Cast) -> None:
    hidden = make_document(keeper=cast.office, user=cast.chi, number="45-NQ/TW", title="Về đất")
    make_rendition(hidden, "Quy hoạch đất đai.")
    visit = Visit(cast.khe)

    for query in ("45-NQ/TW", "54-NQ/TW", "quy hoach", "dat dai"):
        shown = visit.look(f"/documents/?q={query}")
        assert (shown.context["total"], shown.context["documents"]) == (0, [])
        assert shown.context["near"] == []
    after = visit.look(f"/documents/?q=dat&after={hidden.uid}")
    missing = visit.look(f"/documents/?q=dat&after={key()}")
    assert after.context["documents"] == missing.context["documents"] == []


def test_the_register_goes_out_as_a_file_with_what_narrows_it(cast: Cast) -> None:
    shelf(cast)
    visit = Visit(cast.chi)
    shown = dict(visit.look("/documents/?system=party").context["files"])

    rows = read_grid(visit.look(shown["csv"]).content, "a.csv")
    found = read_grid(visit.look("/documents.csv?q=3-CTr/TU").content, "a.csv")

    assert (len(rows[0]), [row[0] for row in rows[1:]]) == (8, ["1-CT/TU", "3-CTr/TU"])
    assert {row[0]: row[4] for row in rows[1:]}["3-CTr/TU"] == "2020-02-03"
    assert [row[0] for row in found[1:]] == ["3-CTr/TU"]
    assert visit.look(shown["xlsx"]).content[:2] == b"PK"
