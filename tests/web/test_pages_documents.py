"""The register shows what one may read; what is handed in is kept once, or refused with a cure."""

import hashlib
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Document, Rendition
from lotrinh.apps.documents.services import Identity
from lotrinh.apps.duties.services import Assignment
from lotrinh.apps.files.models import Blob
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import ReadingRun
from lotrinh.apps.intake.text import MOST_BYTES, MOST_CHARACTERS
from lotrinh.apps.journal.models import Entry
from tests.cast import Cast
from tests.factories import NOW, TEXT, TODAY, key, make_document, make_rendition, make_run
from tests.web.visiting import Visit, text_of

NEW = "/documents/new/"
SECRET = "ỦY BAN NHÂN DÂN\nTỐI MẬT\nSố: 05/BC-UBND\nKế hoạch chuyển quân bí danh Sao Mai."


def page_of(document: Document) -> str:
    return f"/documents/{document.uid}/"


def upload(content: bytes, name: str = "van-ban.txt") -> dict[str, Any]:
    return {"client_key": key(), "file": SimpleUploadedFile(name, content)}


# --- the register


def test_each_sees_what_is_kept_or_was_sent_within_reach(cast: Cast) -> None:
    of_office = make_document(keeper=cast.office, user=cast.chi)
    of_ward = make_document(keeper=cast.sen_tay, user=cast.mai)

    def seen(visit: Visit) -> set[Any]:
        return {row.uid for row in visit.look("/documents/").context["documents"]}

    assert seen(Visit(cast.chi)) == {of_office.uid, of_ward.uid}
    assert seen(Visit(cast.ha)) == {of_ward.uid}
    assert seen(Visit(cast.khe)) == set()
    assert seen(Visit(cast.an)) == set()
    registry.send_to(document=of_office, unit=cast.dong_gao, actor=cast.chi.named, at=NOW)
    assert seen(Visit(cast.khe)) == {of_office.uid}


def test_words_find_number_and_title_and_cited_documents_only_when_asked(cast: Cast) -> None:
    make_document(keeper=cast.office, user=cast.chi, number="24-CT/TU", title="Về kỷ cương")
    make_document(keeper=cast.office, user=cast.chi, number="30-CTr/TU", title="Về văn hóa")
    registry.cite_document(
        identity=Identity(system="party", type_code="NQ", number="45-NQ/TW"),
        language="vi",
        keeper=cast.office,
        at=NOW,
    )
    visit = Visit(cast.chi)

    def numbers(query: str) -> list[str]:
        shown = visit.look(f"/documents/{query}")
        assert shown.context["total"] == len(shown.context["documents"])
        return sorted(row.number for row in shown.context["documents"])

    assert numbers("") == ["24-CT/TU", "30-CTr/TU"]
    assert numbers("?q=24-ct") == ["24-CT/TU"]
    assert numbers("?q=văn hóa") == ["30-CTr/TU"]
    assert numbers("?q=45-NQ") == ["45-NQ/TW"]
    assert numbers("?state=cited") == ["45-NQ/TW"]
    assert numbers("?q=%25") == []
    assert numbers("?state=nonsense") == []


def test_the_number_that_waits_is_a_door_to_what_waits(cast: Cast) -> None:
    read = make_run(keeper=cast.office, user=cast.chi)
    make_run(keeper=cast.office, user=cast.chi, is_read=False)
    failed = make_run(keeper=cast.office, user=cast.chi, is_read=False)
    intake.give_up_run(uid=failed.uid, error="MemoryError", at=NOW)
    visit = Visit(cast.chi)

    shown = visit.look("/documents/")
    waiting = visit.look(shown.context["waiting_url"])

    assert (shown.context["waiting_documents"], shown.context["waiting_proposals"]) == (1, 4)
    assert [row.uid for row in waiting.context["documents"]] == [read.rendition.document.uid]
    assert waiting.context["waiting_is_current"] is True
    codes = {
        row.reading.code for row in visit.look("/documents/?state=failed").context["documents"]
    }
    assert codes == {"failed"}


def test_pages_follow_one_another_and_lose_nothing(cast: Cast) -> None:
    made = {make_document(keeper=cast.office, user=cast.chi).uid for _each in range(53)}
    visit = Visit(cast.chi)

    first = visit.look("/documents/")
    second = visit.look(first.context["next_url"])

    rows = [row.uid for page in (first, second) for row in page.context["documents"]]
    assert (len(first.context["documents"]), len(rows)) == (50, 53)
    assert set(rows) == made
    assert second.context["next_url"] is None
    assert (first.context["total"], second.context["total"]) == (53, 53)


# --- one document


def test_the_text_marks_what_became_of_it(cast: Cast) -> None:
    run = make_run(keeper=cast.office, user=cast.chi, text=TEXT)
    task = run.candidates.get(ordinal=3)
    duty = intake.confirm_task(
        candidate_id=task.pk,
        assignment=Assignment(title="Kế hoạch đào tạo", language="vi", unit=cast.ho_sen),
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )

    shown = Visit(cast.chi).look(page_of(run.rendition.document))

    marks = [p for clause in shown.context["clauses"] for p in clause.parts if p.n is not None]
    assert [(mark.n, mark.start, mark.url) for mark in marks] == [
        (3, task.start, f"/duties/{duty.uid}/")
    ]
    assert [(row.kind, row.title) for row in shown.context["commitments"]] == [
        ("task", "Kế hoạch đào tạo")
    ]
    assert f'id="p{task.start}"' in text_of(shown)
    assert [row.number for row in shown.context["relations_up"]] == ["45-NQ/TW"]


def test_hidden_and_missing_look_the_same(cast: Cast) -> None:
    document = make_document(keeper=cast.office, user=cast.chi)
    visit = Visit(cast.khe)

    hidden = visit.look(page_of(document), status=404)
    missing = visit.look(f"/documents/{key()}/", status=404)

    assert hidden.content == missing.content


def test_a_document_that_names_this_one_is_shown_only_to_who_may_see_it(cast: Cast) -> None:
    named = make_document(keeper=cast.office, user=cast.chi, number="24-CT/TU")
    naming = make_document(keeper=cast.ho_sen, user=cast.ha, number="7-KH/QU")
    registry.relate(
        source=naming, target=named, kind="implements", rendition=None, span=None, at=NOW
    )
    registry.send_to(document=named, unit=cast.dong_gao, actor=cast.chi.named, at=NOW)

    def down(visit: Visit) -> list[tuple[str, str]]:
        rows = visit.look(page_of(named)).context["relations_down"]
        return [(row.number, row.url) for row in rows]

    assert down(Visit(cast.chi)) == [("7-KH/QU", page_of(naming))]
    assert down(Visit(cast.khe)) == []


def test_a_document_that_this_one_names_stays_a_number_to_who_may_not_see_it(cast: Cast) -> None:
    named = make_document(keeper=cast.office, user=cast.chi, number="24-CT/TU")
    naming = make_document(keeper=cast.ho_sen, user=cast.ha, number="7-KH/QU")
    registry.relate(
        source=naming, target=named, kind="implements", rendition=None, span=None, at=NOW
    )

    rows = Visit(cast.ha).look(page_of(naming)).context["relations_up"]

    assert [(row.number, row.title, row.url) for row in rows] == [("24-CT/TU", None, None)]


def test_a_translation_is_shown_when_its_passage_is_asked_for(cast: Cast) -> None:
    document = make_document(keeper=cast.office, user=cast.chi)
    make_rendition(document, "Bản gốc nói thế.")
    other = make_rendition(document, "The translation says so.", kind="translation", language="en")
    visit = Visit(cast.chi)

    plain = visit.look(page_of(document))
    asked = visit.look(f"{page_of(document)}?text={other.uid}")

    assert [p.text for c in plain.context["clauses"] for p in c.parts] == ["Bản gốc nói thế."]
    assert [p.text for c in asked.context["clauses"] for p in c.parts] == [
        "The translation says so."
    ]
    assert asked.context["document"].language == "en"


# --- handing in


@pytest.mark.parametrize("way", ["file", "pasted"])
def test_a_text_is_kept_for_the_readers_own_unit_and_queued(cast: Cast, way: str) -> None:
    form = (
        upload(TEXT.encode())
        if way == "file"
        else {"client_key": key(), "text": TEXT.replace("\n", "\r\n")}
    )
    visit = Visit(cast.chi)

    answer = visit.send(NEW, form)

    run = ReadingRun.objects.get()
    document = run.rendition.document
    assert answer["Location"] == f"/documents/{document.uid}/desk/"
    assert (document.number, document.keeper) == ("97-CTr/TU", cast.office)
    assert run.rendition.text == TEXT
    assert run.state == "queued"


def test_sending_twice_is_sending_once(cast: Cast) -> None:
    visit, form = Visit(cast.chi), {"client_key": key(), "text": TEXT}

    first, second = visit.send(NEW, form), visit.send(NEW, form)
    third = visit.send(NEW, form | {"client_key": key()})  # the same text, another day

    assert first["Location"] == second["Location"] == third["Location"]
    assert (Document.objects.filter(is_stub=False).count(), ReadingRun.objects.count()) == (1, 1)
    assert "usa-alert--info" in text_of(visit.look(third["Location"]))


@pytest.mark.parametrize(
    ("form", "title"),
    [
        (upload("Chưa rõ gì cả.".encode(), "ghi-chep.txt"), "ghi-chep.txt"),
        ({"client_key": key(), "text": "\n  Dòng đầu tiên.\nDòng sau."}, "Dòng đầu tiên."),
    ],
)
def test_a_text_without_a_head_is_still_called_something(
    cast: Cast, form: dict[str, Any], title: str
) -> None:
    visit = Visit(cast.chi)

    visit.send(NEW, form)

    (row,) = visit.look("/documents/").context["documents"]
    assert (row.number, row.title) == (None, title)


def test_a_document_without_a_title_is_called_by_its_number_on_its_page(cast: Cast) -> None:
    made = make_document(keeper=cast.office, user=cast.chi, number="24-CT/TU", title="")

    assert Visit(cast.chi).look(f"/documents/{made.uid}/").context["document"].title == "24-CT/TU"


def test_a_secret_text_leaves_only_the_refusal(cast: Cast, blobs: Path) -> None:
    answer = Visit(cast.chi).send(NEW, {"client_key": key(), "text": SECRET}, status=422)

    shown = text_of(answer)
    assert "TỐI MẬT" in shown
    for words in ("Sao Mai", "05/BC-UBND", "chuyển quân"):
        assert words not in shown
    entry = Entry.objects.latest("id")
    assert entry.verb == "text.refused_secret"
    assert hashlib.sha256(SECRET.encode()).hexdigest() in entry.payload
    assert Document.objects.count() + Rendition.objects.count() + Blob.objects.count() == 0
    assert not blobs.exists() or not any(blobs.rglob("*"))


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({}, "file"),
        ({"text": "   "}, "file"),
        ({"text": "... --- ..."}, "text"),
        ({"text": "a" * (MOST_CHARACTERS + 1)}, "text"),
        ({"text": TEXT, "file": b"abc"}, "text"),
        ({"file": b"PK\x03\x04\xff\xfe\x00\x00word"}, "file"),
        ({"file": b""}, "file"),
        ({"file": b"a" * (MOST_BYTES + 1)}, "file"),
        ({"client_key": "twice", "text": TEXT}, "client_key"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_nothing_is_kept(
    cast: Cast, form: dict[str, Any], field: str
) -> None:
    sent = {"client_key": key(), **form}
    if "file" in form:
        sent["file"] = SimpleUploadedFile("van-ban.txt", form["file"])

    answer = Visit(cast.chi).send(NEW, sent, status=422)

    assert list(answer.context["form"].errors) == [field]
    assert Document.objects.count() + Blob.objects.count() == 0
    if form.get("text", "").strip() and len(form["text"]) < 10_000:
        assert form["text"].splitlines()[0] in text_of(answer)


def test_what_another_unit_keeps_is_refused_with_the_cure(cast: Cast) -> None:
    make_run(keeper=cast.office, user=cast.chi, text=TEXT)

    answer = Visit(cast.khe).send(
        NEW, {"client_key": key(), "text": TEXT + "Bản khác.\n"}, status=422
    )

    assert "97-CTr/TU" in answer.context["form"].errors["text"][0]
    assert ReadingRun.objects.count() == 1


@pytest.mark.parametrize("name", ["thach", "bach", "nghiem", "an", "tung"])
def test_who_may_not_register_finds_no_form(cast: Cast, name: str) -> None:
    visit = Visit(cast.named_users()[name])

    assert visit.look("/documents/").context["may_add"] is False
    visit.look(NEW, status=403)
    visit.send(NEW, {"client_key": key(), "text": TEXT}, status=403)
    assert not ReadingRun.objects.exists()


# --- the original


def test_the_original_comes_back_as_it_was_sent(cast: Cast) -> None:
    content = ("\ufeff" + TEXT).encode()
    visit = Visit(cast.chi)
    visit.send(NEW, upload(content, 'số 97 "bản ký".txt'))
    document = Document.objects.get(is_stub=False)

    answer = visit.look(f"{page_of(document)}original/")

    assert answer.content == content
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "text/plain"
    Visit(cast.khe).look(f"{page_of(document)}original/", status=404)


def test_a_document_without_a_file_has_no_original(cast: Cast) -> None:
    document = make_document(keeper=cast.office, user=cast.chi)
    make_rendition(document)

    shown = Visit(cast.chi).look(page_of(document))

    assert shown.context["document"].original_url is None
    Visit(cast.chi).look(f"{page_of(document)}original/", status=404)


# --- languages and cost


def test_the_register_speaks_both_languages(cast: Cast) -> None:
    visit = Visit(cast.chi)
    vietnamese = text_of(visit.look("/documents/"))
    visit.send("/language/", {"language": "en", "next": "/documents/"}, status=302)

    english = text_of(visit.look("/documents/"))

    assert '<html lang="vi">' in vietnamese
    assert '<html lang="en">' in english
    assert "<h1>Documents</h1>" in english
    assert "<h1>Documents</h1>" not in vietnamese


def test_cost_does_not_grow_with_the_list(cast: Cast) -> None:
    for _each in range(3):
        make_run(keeper=cast.office, user=cast.chi)
    visit = Visit(cast.chi)
    few = visit.cost("/documents/")
    for day in range(3):
        make_document(keeper=cast.office, user=cast.chi, issued_on=TODAY - timedelta(days=day))

    assert (few, visit.cost("/documents/")) == (11, 11)
    assert visit.cost(NEW) == 5


def test_cost_of_a_document_with_duties_targets_and_relations(cast: Cast) -> None:
    run = make_run(keeper=cast.office, user=cast.chi, text=TEXT)
    visit = Visit(cast.chi)
    for n, more in ((1, {"comparator": "<", "value": "3"}), (2, {"value": "80"}), (3, {}), (4, {})):
        accept = f"/proposals/{run.candidates.get(ordinal=n).uid}/accept/"
        visit.send(accept, {"client_key": key(), "title": "Việc", "unit": "Quận Hồ Sen", **more})

    assert visit.cost(page_of(run.rendition.document)) == 17


def test_a_letter_without_a_title_shows_its_number_once_in_the_register(cast: Cast) -> None:
    make_document(
        keeper=cast.office, user=cast.chi, number="9210/UBND-KGVX", title="", type_code=""
    )
    visit = Visit(cast.chi)

    rows = {row.number: row for row in visit.look("/documents/").context["documents"]}

    assert rows["9210/UBND-KGVX"].title == "Văn bản không có trích yếu"
    assert re.findall(r">[^<]*9210/UBND-KGVX[^<]*<", text_of(visit.look("/documents/"))) == [
        ">9210/UBND-KGVX<"
    ]
