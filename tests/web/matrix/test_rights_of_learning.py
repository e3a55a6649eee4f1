"""What the reader has learned: seen with its document, ended by who decides there."""

import pytest
from django.urls import reverse

from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import LearnedName, LexiconLine
from lotrinh.apps.units.models import Unit
from tests.factories import NOW, TODAY, an_assignment, key, make_run
from tests.web.matrix.asking import ASKERS, signed_in, undone
from tests.web.world import DECIDES, DEFINES, PLACES, SEES

pytestmark = pytest.mark.django_db

TEXT = """Số {number}-CTr/TU
Hà Nội, ngày 10 tháng 5 năm 2024

CHƯƠNG TRÌNH HÀNH ĐỘNG

II. NHIỆM VỤ
1. Giao Phòng Bãi Bồi chủ trì xây dựng kế hoạch đào tạo cán bộ.
2. Tổ chức thành công đại hội {number} là thắng lợi to lớn.
"""


def learn_everywhere(world):
    """Let a name be learned at every place, and an opening be dropped there."""
    learned = {}
    for number, place in enumerate(PLACES, start=400):
        keeper = Unit.objects.get(code=place)
        run = make_run(keeper=keeper, user=world.cast.chi, text=TEXT.format(number=number))
        first, second = readings.candidates_of(run=run)
        said = {"user": world.cast.chi, "on": TODAY, "at": NOW}
        intake.confirm_task(
            candidate_id=first.pk,
            assignment=an_assignment(world.cast.ho_sen),
            client_key=key(),
            **said,
        )
        intake.reject_candidate(
            candidate_id=second.pk, reason="not_commitment", client_key=key(), **said
        )
        learned[place] = LearnedName.objects.order_by("-id").first()
    intake.find_lines(at=NOW)
    return learned


@pytest.mark.parametrize("member", ASKERS)
def test_what_was_learned_is_seen_with_its_document_and_undone_by_who_decides_there(world, member):
    learned, client = learn_everywhere(world), signed_in(world, member)

    body = client.get(reverse("learned-names")).content.decode()

    assert {place for place, row in learned.items() if str(row.uid) in body} == SEES[member]
    assert ended(client, learned, member) == []
    check_line(client, member)


def ended(client, learned, member):
    """Return where a learned name is seen or ended otherwise than the story says."""
    wrong = []
    for place, row in learned.items():
        shown = client.get(reverse("learned-name", args=[row.uid])).status_code
        path = reverse("learned-name-end", args=[row.uid])
        sent = undone(client, path, {"client_key": str(key()), "reason": "nhầm"})[0]
        seen, may = place in SEES[member], place in DECIDES[member]
        if (shown, sent) != (200 if seen else 404, 303 if may else 403 if seen else 404):
            wrong.append(f"{member} {place}: {shown} {sent}")
    return wrong


def check_line(client, member):
    """See that a line shows the passages that are seen, and obeys who defines roles."""
    line, may = LexiconLine.objects.get(), member in DEFINES
    seen = bool(SEES[member]) or may

    shown = client.get(reverse("lexicon-line", args=[line.uid]))
    form = {"client_key": str(key()), "verdict": "applied", "reason": "đã xem", "turn": "0"}
    decided = undone(client, reverse("lexicon-decide", args=[line.uid]), form)[0]

    assert shown.status_code == (200 if seen else 404)
    assert decided == (303 if may else 403 if seen else 404)
    if seen:
        assert len(shown.context["passages"]) == len(SEES[member])
        assert shown.context["hidden"] == len(PLACES) - len(SEES[member])
