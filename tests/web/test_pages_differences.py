"""The pages on which differences are looked at: a newer reading, another text, another language."""

import pytest
from django.urls import reverse

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import Candidate, Likeness, ReadingRun, SettledDifference
from lotrinh.rules.actions import Action
from lotrinh.web.presenters.refusals import who_may
from tests.cast import Cast
from tests.factories import (
    NOW,
    READS,
    TEXT,
    TODAY,
    an_assignment,
    appoint,
    key,
    make_person,
    make_post,
    make_role,
    make_run,
    make_user,
)
from tests.readings import hand_in, read_again_now, read_by_older_rules
from tests.unchanged import nothing_changes
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db
ON = {"on": TODAY, "at": NOW}
SIGNED = TEXT.replace("đạt 80%", "đạt 85%")
ENGLISH = """HỒ SEN CITY PARTY COMMITTEE
No. 97-CTr/TU
Hà Nội, 10 May 2024

ACTION PROGRAMME
implementing Resolution No. 45-NQ/TW dated 24/11/2023 of the Central Committee

1. By 2030, the urban unemployment rate is below 3%.
2. By 2030, the share of trained workers reaches 85%.
3. The People's Committee of Hồ Sen District drafts a training plan before 30/9/2024.
"""


def older(said):
    due = said["fields"].get("due")
    return (
        {**said, "fields": {**said["fields"], "due": "2024-08-31"}} if due == "2024-09-30" else said
    )


@pytest.fixture
def run(cast: Cast) -> ReadingRun:
    return read_by_older_rules(keeper=cast.city, user=cast.chi, older=older)


def address(run: ReadingRun, name: str = "desk-differences") -> str:
    return reverse(name, kwargs={"uid": run.rendition.document.uid})


def fields_of(run: ReadingRun, **more: str) -> dict[str, str]:
    """Return the form of the one difference as the page sends it."""
    found = readings.asked_of_readings(run, readings.rereading_of(run))
    (row,) = found.all if found else ()
    form = {
        "client_key": str(key()),
        "older": str(row.older.uid),
        "newer": str(row.newer.uid),
        "turn": str(readings.turn_of(Candidate.objects.get(pk=row.older.pk))),
        "act": "take",
        "take": "due",
    }
    return form | more


@pytest.mark.parametrize("language", ["vi", "en"])
def test_reading_again_is_offered_where_the_rules_changed(
    cast: Cast, run: ReadingRun, language: str
) -> None:
    visit = Visit(cast.chi)
    intake_words = {"vi": "Đọc lại theo quy tắc mới hơn", "en": "Read again with the newer rules"}
    visit.client.cookies["django_language"] = language
    cast.chi.language = language
    cast.chi.save()

    assert address(run) in text_of(visit.look(address(run, "desk")))
    assert intake_words[language] in text_of(visit.look(address(run)))
    assert intake_words[language] not in text_of(Visit(cast.thach).look(address(run)))

    visit.send(address(run, "desk-reread"), {"client_key": str(key())})
    assert ReadingRun.objects.filter(rereads=run, state="queued").count() == 1
    assert intake_words[language] not in text_of(visit.look(address(run)))


def test_a_difference_shows_both_readings_with_their_passages_and_is_taken(
    cast: Cast, run: ReadingRun
) -> None:
    read_again_now(run, cast.chi)
    visit = Visit(cast.chi)
    page = text_of(visit.look(address(run)))
    start = TEXT.index("30/9/2024")

    assert "31/8/2024" in page
    assert "30/9/2024" in page
    assert f"text={run.rendition.uid}&amp;at={start}" in page or f"at={start - 5}" in page

    visit.send(address(run, "desk-settle"), fields_of(run))
    assert [row.fields["due"] for row in readings.standing(run) if row.origin == "reread"] == [
        "2024-09-30"
    ]
    assert "31/8/2024" not in text_of(visit.look(address(run)))


def test_a_draft_takes_the_field_on_the_page(cast: Cast, run: ReadingRun) -> None:
    task = run.candidates.get(fields__due="2024-08-31")
    duty = intake.confirm_task(
        candidate_id=task.pk,
        assignment=an_assignment(cast.ho_sen, cast.person(cast.ha)),
        user=cast.chi,
        client_key=key(),
        **ON,
    )
    read_again_now(run, cast.chi)

    Visit(cast.chi).send(address(run, "desk-settle"), fields_of(run, shown=str(duty.version)))

    duty = Duty.objects.get(pk=duty.pk)
    assert (str(duty.due), duty.unit, duty.person) == (
        "2024-09-29",  # "before" 30 September
        cast.ho_sen,
        cast.person(cast.ha),
    )


def test_leaving_a_difference_asks_no_more(cast: Cast, run: ReadingRun) -> None:
    read_again_now(run, cast.chi)
    Visit(cast.chi).send(address(run, "desk-settle"), fields_of(run, act="leave"))

    assert SettledDifference.objects.get().taken == []
    assert "31/8/2024" not in text_of(Visit(cast.chi).look(address(run)))


def test_a_form_that_comes_second_changes_nothing_and_says_so(cast: Cast, run: ReadingRun) -> None:
    read_again_now(run, cast.chi)
    form = fields_of(run, act="leave")
    visit = Visit(cast.chi)
    visit.send(address(run, "desk-settle"), form)

    with nothing_changes():
        visit.send(address(run, "desk-settle"), {**form, "client_key": str(key()), "act": "take"})


def test_ticking_nothing_takes_nothing(cast: Cast, run: ReadingRun) -> None:
    read_again_now(run, cast.chi)
    form = fields_of(run)
    del form["take"]
    visit = Visit(cast.chi)
    with nothing_changes():
        visit.send(address(run, "desk-settle"), form)


def test_another_text_is_taken_with_what_was_decided(cast: Cast) -> None:
    run = make_run(keeper=cast.city, user=cast.chi, text=TEXT)
    task = run.candidates.get(ordinal=3)
    intake.confirm_task(
        candidate_id=task.pk,
        assignment=an_assignment(),
        user=cast.chi,
        client_key=key(),
        **ON,
    )
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)
    found, visit = Likeness.objects.get(), Visit(cast.chi)
    page = text_of(visit.look(reverse("likeness", kwargs={"uid": found.uid})))
    assert "80%" in page
    assert "85%" in page

    answer = visit.send(
        reverse("text-take", kwargs={"uid": signed.rendition.uid}),
        {"client_key": str(key()), "seen": str(run.rendition.uid), "remark": "bản ký"},
    )

    differences = f"{address(run)}?of=texts"
    assert answer["Location"] == differences
    duty = Duty.objects.get()
    assert [source.rendition for source in duty.sources.order_by("id")] == [
        run.rendition,
        signed.rendition,
    ]
    assert visit.cost(differences) <= 20


def test_the_desk_quotes_the_other_language_and_the_document_tells_of_it(cast: Cast) -> None:
    run = make_run(keeper=cast.city, user=cast.chi, text=TEXT)
    hand_in(ENGLISH, keeper=cast.city, user=cast.chi, document=run.rendition.document)
    visit = Visit(cast.chi)

    desk = text_of(visit.look(address(run, "desk")))
    assert "drafts a training plan before 30/9/2024." in desk
    record = text_of(visit.look(address(run, "document-record")))
    assert reverse("likeness", kwargs={"uid": Likeness.objects.get().uid}) in record
    assert address(run, "document-record") in text_of(visit.look(address(run, "document")))


def test_a_translation_without_a_number_is_answered_on_its_page(cast: Cast) -> None:
    run = make_run(keeper=cast.city, user=cast.chi, text=TEXT)
    bare = ENGLISH.replace("No. 97-CTr/TU\n", "")
    gone = hand_in(bare, keeper=cast.city, user=cast.chi, source_name="en.txt").rendition.document
    found, visit = Likeness.objects.get(), Visit(cast.chi)
    page = reverse("likeness", kwargs={"uid": found.uid})
    assert reverse("likeness-answer", kwargs={"uid": found.uid}) in text_of(visit.look(page))
    assert reverse("likeness-answer", kwargs={"uid": found.uid}) not in text_of(
        Visit(cast.thach).look(page)
    )

    visit.send(
        reverse("likeness-answer", kwargs={"uid": found.uid}),
        {
            "client_key": str(key()),
            "into": str(run.rendition.document.uid),
            "kind": "translation",
        },
    )

    gone.refresh_from_db()
    assert gone.merged_into == run.rendition.document


def test_the_vietnamese_text_is_the_original_though_the_english_one_came_first(cast: Cast) -> None:
    misnumbered = ENGLISH.replace("97-CTr", "79-CTr")
    english = hand_in(misnumbered, keeper=cast.city, user=cast.chi, source_name="en.txt")
    bare = TEXT.replace("Số 97-CTr/TU\n", "")
    vietnamese = hand_in(bare, keeper=cast.city, user=cast.chi)
    found = Likeness.objects.get()
    assert (found.other, found.text) == (english.rendition, vietnamese.rendition)

    shown = Visit(cast.chi).look(reverse("likeness", kwargs={"uid": found.uid})).context

    assert (shown["home"], shown["kind"]) == (vietnamese.rendition.document.uid, "translation")


def test_taken_apart_each_page_shows_its_own_text_and_the_old_address_leads_there(
    cast: Cast,
) -> None:
    run = make_run(keeper=cast.city, user=cast.chi, text=TEXT)
    document, visit = run.rendition.document, Visit(cast.chi)
    bare = ENGLISH.replace("No. 97-CTr/TU\n", "")
    gone = hand_in(bare, keeper=cast.city, user=cast.chi, source_name="en.txt").rendition.document
    own = gone.renditions.get()
    visit.send(
        reverse("likeness-answer", kwargs={"uid": Likeness.objects.get().uid}),
        {"client_key": str(key()), "into": str(document.uid), "kind": "translation"},
    )
    there = document.renditions.get(language="en")
    record = address(run, "document-record")
    unmerge = reverse("document-unmerge", kwargs={"uid": gone.uid})
    assert there.sha256 in text_of(visit.look(record))
    assert unmerge in text_of(visit.look(record))

    visit.send(unmerge, {})

    assert there.sha256 not in text_of(visit.look(record))
    answer = visit.look(f"{address(run, 'document')}?text={there.uid}&at=7", status=302)
    assert answer["Location"] == (
        f"{reverse('document', kwargs={'uid': gone.uid})}?text={own.uid}&at=7"
    )


def test_who_registers_and_does_not_decide_is_told_who_lets_a_text_count(cast: Cast) -> None:
    run = make_run(keeper=cast.city, user=cast.chi, text=TEXT)
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)
    role = make_role("van_thu", actions=(*READS, Action.REGISTER_DOCUMENT))
    registrar = make_user("van-thu")
    appoint(
        make_person("Lê Văn Thư", user=registrar),
        make_post(cast.office, role=role, scope=cast.city),
    )
    take = reverse("text-take", kwargs={"uid": signed.rendition.uid})
    beside = reverse("likeness", kwargs={"uid": Likeness.objects.get().uid})
    who = who_may(Action.DECIDE_CANDIDATE, unit_id=cast.city.pk, on=TODAY)

    for page in (address(run, "document-record"), beside):
        assert take in text_of(Visit(cast.chi).look(page))
        theirs = Visit(registrar).look(page)
        assert take not in text_of(theirs)
        assert who in (theirs.context.get("who_takes"), theirs.context.get("take_refused_text"))
        assert 'class="lt-why"' in text_of(theirs)


def test_rules_that_change_after_a_reading_again_are_told_of(cast: Cast, run: ReadingRun) -> None:
    newer = read_again_now(run, cast.chi)
    visit = Visit(cast.chi)
    cast.chi.language = "en"
    cast.chi.save()
    changed = "The rules of reading have changed since this text was read."
    assert changed not in text_of(visit.look(address(run, "desk")))

    newer.lexicon_hash = "1" * 64
    newer.save()

    assert changed in text_of(visit.look(address(run, "desk")))
    assert visit.cost(address(run, "desk")) <= 20


def test_a_place_leads_to_the_clause_in_which_it_stands(cast: Cast) -> None:
    run = make_run(keeper=cast.city, user=cast.chi, text=TEXT)
    start = TEXT.index("tỷ lệ lao động")
    answer = Visit(cast.chi).look(f"{address(run, 'document')}?at={start}", status=302)
    piece = run.rendition.clauses.get(start__lte=start, end__gt=start)
    assert answer["Location"].endswith(f"#d{piece.ordinal}")


def test_the_pages_ask_little(cast: Cast, run: ReadingRun) -> None:
    read_again_now(run, cast.chi)
    hand_in(SIGNED, keeper=cast.city, user=cast.chi)
    visit = Visit(cast.chi)

    assert visit.cost(address(run)) <= 20
    assert visit.cost(address(run, "desk")) <= 20
    assert visit.cost(reverse("likeness", kwargs={"uid": Likeness.objects.get().uid})) <= 20
