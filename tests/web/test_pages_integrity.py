"""Pages of questions of integrity: the list, one with its rows, the answer and the closing."""

from typing import Any

import pytest
from django.urls import reverse

from lotrinh.apps.reporting import services
from lotrinh.apps.reporting.models import Figure, IntegrityQuestion
from lotrinh.rules.integrity.closing import QuestionOutcome
from tests.apps.reporting.test_integrity import cloned
from tests.cast import Cast
from tests.factories import key
from tests.integrity_stage import ask, question_by, question_to
from tests.web.visiting import Visit, text_of

__all__ = ["cloned"]

pytestmark = pytest.mark.django_db
SEES = {"chi", "thach", "nghiem", "ha", "mai"}
ANSWERS = {"chi", "ha", "mai"}
CLOSES = {"chi"}
NAMES = ("chi", "thach", "nghiem", "ha", "khe", "mai", "bach", "tung", "an")


@pytest.fixture
def question(cast: Cast) -> IntegrityQuestion:
    return question_to(cast.sen_tay, cast)


@pytest.fixture
def path(question: IntegrityQuestion) -> str:
    return reverse("integrity-question", args=[question.uid])


def said(**more: str) -> dict[str, Any]:
    return {"client_key": str(key()), **more}


def expected(member: str, may: set[str]) -> int:
    if member not in SEES:
        return 404
    return 303 if member in may else 403


@pytest.mark.parametrize("member", NAMES)
def test_each_sees_answers_and_closes_as_far_as_he_may(
    cast: Cast, question: IntegrityQuestion, path: str, member: str
) -> None:
    visit = Visit(cast.named_users()[member])
    close = said(outcome="inspection", note="Chuyển Ủy ban Kiểm tra")

    shown = visit.client.get(path).status_code
    empty = visit.client.post(f"{path}close/", {}).status_code
    closed = visit.client.post(f"{path}close/", close).status_code
    left = IntegrityQuestion.objects.exclude(closing=None).count()

    assert shown == (200 if member in SEES else 404)
    assert empty == (422 if member in CLOSES else expected(member, CLOSES))
    assert closed == expected(member, CLOSES)
    assert left == (1 if member in CLOSES else 0)


@pytest.mark.parametrize("member", NAMES)
def test_each_answers_as_far_as_he_may(
    cast: Cast, question: IntegrityQuestion, path: str, member: str
) -> None:
    visit = Visit(cast.named_users()[member])

    empty = visit.client.post(f"{path}answer/", {}).status_code
    given = visit.client.post(f"{path}answer/", said(text="Chụp chung")).status_code

    assert empty == (422 if member in ANSWERS else expected(member, ANSWERS))
    assert given == expected(member, ANSWERS)
    assert question.answers.count() == (1 if member in ANSWERS else 0)


def test_strangers_are_led_to_the_sign_in(path: str) -> None:
    assert Visit().client.get(path).status_code == 302
    assert Visit().client.post(f"{path}answer/", said(text="?")).status_code == 302


def test_the_page_says_what_was_asked_and_opens_each_row(
    cast: Cast, question: IntegrityQuestion, path: str
) -> None:
    page = text_of(Visit(cast.ha).look(path))

    assert "Một tệp dùng cho nhiều việc" in page
    assert "1 tệp minh chứng của kỳ này còn dùng cho việc khác: 1 đơn vị khác" in page
    assert page.count("bien-ban.jpg") == 2
    assert page.count('href="/reports/files/') == 2
    assert "Quận Hồ Sen" in page
    assert 'name="outcome"' not in page


def test_the_ward_sees_its_own_file_alone(cast: Cast, path: str) -> None:
    page = text_of(Visit(cast.mai).look(path))

    assert page.count("bien-ban.jpg") == 1
    assert "Quận Hồ Sen" not in page
    assert "Còn 1 dòng của đơn vị mà ông, bà không được xem số liệu." in page


def test_answer_and_closing_stand_on_the_page(cast: Cast, path: str) -> None:
    Visit(cast.mai).send(f"{path}answer/", said(text="Ảnh chụp chung <một> hội nghị"))
    Visit(cast.chi).send(f"{path}close/", said(outcome="explained", note="Đã xem biên bản"))

    page = text_of(Visit(cast.mai).look(path))

    assert "Ảnh chụp chung &lt;một&gt; hội nghị" in page
    assert "Vũ Thị Mai" in page
    assert "Chấp nhận giải trình" in page
    assert "Đã xem biên bản" in page
    assert 'name="text"' not in page


def test_what_cannot_be_done_is_said_and_nothing_is_lost(cast: Cast, path: str) -> None:
    visit = Visit(cast.chi)
    early = said(outcome="explained", note="Tôi thấy ổn")

    page = text_of(visit.send(f"{path}close/", early, status=422))

    assert "Đơn vị chưa trả lời" in page
    assert "Tôi thấy ổn" in page
    visit.send(f"{path}answer/", said(text="Trả lời thay phường"))
    own = text_of(visit.send(f"{path}close/", said(outcome="explained", note="x"), status=422))
    assert "Ông, bà đã tự trả lời câu hỏi này" in own


def test_a_question_that_was_closed_meanwhile_is_told(
    cast: Cast, question: IntegrityQuestion, path: str
) -> None:
    services.close_question(
        question_id=question.pk,
        outcome=QuestionOutcome.INSPECTION,
        note="Chuyển",
        act=question_by(cast.chi),
    )

    page = text_of(Visit(cast.mai).send(f"{path}answer/", said(text="Muộn"), status=422))

    assert "Người khác đã kết thúc câu hỏi này: Chuyển kiểm tra." in page


def test_the_list_is_narrowed_and_speaks_english(cast: Cast, question: IntegrityQuestion) -> None:
    visit = Visit(cast.chi)
    visit.send("/language/", {"language": "en", "next": "/"}, status=302)
    line = f'href="/integrity/{question.uid}/"'

    for asked, shown in (
        ("", True),
        ("rule=reused_files", True),
        ("rule=jumps", False),
        ("state=asked", True),
        ("state=closed", False),
        (f"unit={cast.sen_tay.uid}", True),
        (f"unit={cast.dong_gao.uid}", False),
        (f"period={question.period.uid}", True),
        (f"collection={question.collection.uid}", True),
    ):
        page = text_of(visit.look(f"/integrity/?{asked}"))
        assert (line in page) is shown, asked
    assert "One file for several things" in text_of(visit.look("/integrity/"))
    assert "1 of the files of this period also support something else" in page


def test_the_room_and_the_figure_say_that_it_was_asked(cast: Cast, cloned: Any) -> None:
    asked = ask(cloned)
    figure = Figure.objects.filter(unit=cast.sen_tay).first()
    assert figure is not None
    visit = Visit(cast.chi)

    room = text_of(visit.look(f"/collections/{cloned.uid}/"))
    page = text_of(visit.look(f"/figures/{figure.uid}/"))

    assert len(asked) == 2
    assert "Câu hỏi xác minh số liệu: 2, còn 2 câu chưa kết thúc" in room
    assert "Trùng số liệu với đơn vị khác" in page
    assert "Chưa trả lời" in page


def test_pages_cost_little(cast: Cast, cloned: Any) -> None:
    to_ward = ask(cloned)[1]
    visit = Visit(cast.chi)

    assert visit.cost("/integrity/") <= 12
    assert visit.cost(f"/integrity/{to_ward.uid}/") <= 16
