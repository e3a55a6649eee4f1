"""A text that may be kept is kept and queued at once; one that may not leaves no trace."""

import hashlib

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Document, Rendition
from lotrinh.apps.intake import services
from lotrinh.apps.intake.models import ReadingRun
from lotrinh.apps.intake.services import Submission
from lotrinh.apps.intake.text import MOST_BYTES, SecretMarked, TooLong
from lotrinh.apps.journal.models import Entry
from lotrinh.reading.readers import Unreadable
from tests.factories import NOW, TEXT, TODAY, key, make_document, make_run
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


def submit(cast, content, *, user=None, keeper=None, client_key=None, **more):
    return services.submit(
        submission=Submission(
            content=content if isinstance(content, bytes) else content.encode(),
            source_name="van-ban.txt",
        ),
        keeper=keeper or cast.ho_sen,
        user=user or cast.ha,
        client_key=client_key or key(),
        on=TODAY,
        at=NOW,
        **more,
    )


def waiting_jobs():
    jobs = ProcrastinateJob.objects.filter(task_name=services.READ_JOB).order_by("id")
    return [job.args for job in jobs]


def test_document_text_file_and_run_are_kept_together(cast, blobs):
    run = submit(cast, TEXT)

    stored = ReadingRun.objects.select_related("rendition__document", "rendition__blob").get()
    document = stored.rendition.document
    assert stored.pk == run.pk
    assert (stored.state, stored.queued_by, stored.queued_at) == ("queued", cast.ha, NOW)
    assert (document.number, document.type_code, document.system) == ("97-CTr/TU", "CTr", "party")
    assert (document.keeper, document.registered_by) == (cast.ho_sen, cast.ha)
    assert stored.rendition.text == TEXT
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    assert stored.rendition.blob.sha256 == digest
    assert (blobs / digest[:2] / digest[2:4] / digest).read_bytes() == TEXT.encode()


def test_one_job_waits_for_it(cast):
    run = submit(cast, TEXT)

    assert waiting_jobs() == [{"run": str(run.uid)}]


def test_the_journal_tells_each_step_of_it(cast):
    submit(cast, TEXT)

    verbs = (
        Entry.objects.filter(actor_uid=cast.ha.uid).order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == [
        "blob.stored",
        "document.registered",
        "rendition.added",
        "reading.queued",
    ]


def test_the_same_key_again_is_the_same_run(cast):
    sent = key()
    first = submit(cast, TEXT, client_key=sent)

    with nothing_changes():
        assert submit(cast, TEXT, client_key=sent) == first
    assert len(waiting_jobs()) == 1


def test_another_text_under_the_same_key_is_another_submission(cast):
    """Nothing is dropped: the form was gone back to, and another text was put into it."""
    sent, other_text = key(), TEXT.replace("97-CTr/TU", "98-CTr/TU")
    first = submit(cast, TEXT, client_key=sent)

    other = submit(cast, other_text, client_key=sent)

    assert other != first
    assert (first.rendition.text, other.rendition.text) == (TEXT, other_text)
    assert other.rendition.document.number == "98-CTr/TU"
    assert waiting_jobs() == [{"run": str(run.uid)} for run in (first, other)]
    with nothing_changes():
        assert submit(cast, TEXT, client_key=sent) == first
        assert submit(cast, other_text, client_key=sent) == other


def test_a_key_that_another_account_used_is_no_error(cast):
    sent, theirs = key(), TEXT.replace("97-CTr/TU", "98-CTr/TU")
    ours = submit(cast, TEXT, client_key=sent)

    run = submit(cast, theirs, user=cast.khe, keeper=cast.dong_gao, client_key=sent)

    assert run != ours
    assert (run.client_key, run.queued_by, run.rendition.text) == (sent, cast.khe, theirs)
    assert ReadingRun.objects.filter(client_key=sent).count() == 2


def test_a_key_of_another_account_shows_nothing_of_its_text(cast):
    """The same text under the same key, from who may not see it: refused, not handed out."""
    sent = key()
    submit(cast, TEXT, client_key=sent)

    with nothing_changes(), pytest.raises(registry.KeptElsewhere):
        submit(cast, TEXT, user=cast.khe, keeper=cast.dong_gao, client_key=sent)


def test_the_same_text_under_another_key_is_the_same_run(cast):
    first = submit(cast, TEXT)

    with nothing_changes():
        assert submit(cast, TEXT, user=cast.chi, keeper=cast.city) == first


def test_a_text_without_a_number_is_kept_as_what_it_is(cast):
    text = "Sáng 5/8, quận tổ chức hội nghị sơ kết với 12 điểm cầu và 900 đại biểu tham dự."

    run = submit(cast, text)

    assert (run.rendition.document.system, run.rendition.document.number) == ("press", "")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("\ufeffThông báo số 1".encode(), "Thông báo số 1"),
        ("Thông báo số 1".encode("utf-16"), "Thông báo số 1"),
        ("Thông báo\r\nsố 1\r\n".encode(), "Thông báo\r\nsố 1\r\n"),
    ],
)
def test_the_text_is_what_the_bytes_say_without_their_mark(cast, content, text):
    assert submit(cast, content).rendition.text == text


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00",
        "Nghị quyết".encode("cp1258", "replace") + b"\xd0\xcf\x11\xe0",
        b"%PDF-1.7\n\x00\x01",
        b"PK\x03\x04\x14\x00\x00",
    ],
)
def test_what_is_no_text_is_refused(cast, content):
    with nothing_changes(), pytest.raises(Unreadable):
        submit(cast, content)
    assert waiting_jobs() == []


def test_what_is_too_long_is_refused_and_what_just_fits_is_not(cast):
    with nothing_changes(), pytest.raises(TooLong):
        submit(cast, b"a" * (MOST_BYTES + 1))


@pytest.mark.parametrize("content", ["", " \n ", "* * *"])
def test_what_says_nothing_is_refused(cast, blobs, content):
    with nothing_changes(), pytest.raises((registry.TextEmpty, Unreadable)):
        submit(cast, content)


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "Độ mật: MẬT"])
def test_nothing_is_kept_of_a_text_that_bears_a_mark_of_secrecy(cast, blobs, mark):
    text = TEXT.replace("*\n", f"{mark}\n", 1)

    with nothing_changes(), pytest.raises(SecretMarked) as refused:
        submit(cast, text)
    assert refused.value.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert not blobs.exists() or list(blobs.rglob("*")) == []
    assert waiting_jobs() == []


@pytest.mark.parametrize("name", ["khe", "mai", "thach", "nghiem", "bach", "tung", "an"])
def test_those_without_the_right_submit_nothing_for_a_district(cast, name):
    with nothing_changes(), pytest.raises(services.NotAllowed):
        submit(cast, TEXT, user=cast.named_users()[name])


def test_a_number_that_another_unit_keeps_in_its_own_drawer_is_refused(cast):
    submit(cast, TEXT)

    with nothing_changes(), pytest.raises(registry.KeptElsewhere):
        submit(cast, TEXT + "\nThêm.", user=cast.khe, keeper=cast.dong_gao)


def test_one_who_may_only_read_a_document_adds_no_text_to_it(cast):
    """The city sent it to Hồ Sen: the district reads it, but the text of it is the city's."""
    run = submit(cast, TEXT, user=cast.chi, keeper=cast.city)
    document = run.rendition.document
    registry.send_to(document=document, unit=cast.ho_sen, actor=cast.chi.named, at=NOW)

    with nothing_changes(), pytest.raises(registry.KeptElsewhere):
        submit(cast, TEXT + "\nThêm.")
    with nothing_changes(), pytest.raises(registry.KeptElsewhere):
        submit(cast, "Another text", rendition_of=document)


def test_a_translation_joins_the_document_that_it_translates(cast):
    document = make_document(keeper=cast.city, user=cast.chi)

    run = services.submit(
        submission=Submission(
            content=b"By 2030, unemployment is below 3%.", source_name="en.txt", kind="translation"
        ),
        keeper=cast.city,
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
        rendition_of=document,
    )

    assert run.rendition.document == document
    assert (run.rendition.kind, run.rendition.language) == ("translation", "en")


ENGLISH = """HANOI PARTY COMMITTEE
No. 97-CTr/TU
Hanoi, May 10, 2024

ACTION PROGRAMME
By 2030, the urban unemployment rate is below 3% and every district reports on it each year.
The planning office shall draft the training plan for officials before September 30, 2024.
"""


def test_a_second_text_in_another_language_is_a_translation(cast):
    first = submit(cast, TEXT)
    document = first.rendition.document

    second = submit(cast, ENGLISH, rendition_of=document)

    assert second.rendition.document == document
    assert (first.rendition.kind, first.rendition.language) == ("original", "vi")
    assert (second.rendition.kind, second.rendition.language) == ("translation", "en")


def test_a_second_text_in_the_same_language_stays_an_original(cast):
    first = submit(cast, TEXT)

    second = submit(cast, TEXT + "\nThêm.", rendition_of=first.rendition.document)

    assert second.rendition.document == first.rendition.document
    assert (second.rendition.kind, second.rendition.language) == ("original", "vi")


def test_the_first_text_is_an_original_in_whatever_language(cast):
    run = submit(cast, ENGLISH)

    assert (run.rendition.kind, run.rendition.language) == ("original", "en")


def test_a_cited_stub_is_filled_by_the_text_that_arrives(cast):
    make_run(keeper=cast.city, user=cast.chi, text=TEXT)
    stub = Document.objects.get(number="45-NQ/TW")
    assert stub.is_stub

    text = TEXT.replace("97-CTr/TU", "45-NQ/TW").replace("CHƯƠNG TRÌNH HÀNH ĐỘNG", "NGHỊ QUYẾT")
    text = text.replace("Thực hiện Nghị quyết số 45-NQ/TW ngày 24/11/2023 của", "của")
    text = text.replace("ngày 10 tháng 5 năm 2024", "ngày 24 tháng 11 năm 2023")
    run = submit(cast, text, user=cast.chi, keeper=cast.city)

    assert run.rendition.document.pk == stub.pk
    assert not Document.objects.get(pk=stub.pk).is_stub
    assert Rendition.objects.filter(document=stub).count() == 1
