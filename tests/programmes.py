"""Builders of own programmes: a conference that was held, and units that owe one each."""

from collections.abc import Sequence

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination import services
from lotrinh.apps.dissemination.models import (
    Conference,
    Programme,
    ProgrammeCall,
    ProgrammeQuestion,
)
from lotrinh.apps.dissemination.services import ProgrammeAct, ProgrammesSaid
from lotrinh.apps.documents.models import Document
from lotrinh.apps.units.models import Unit
from tests.cast import Cast
from tests.conferences import call, plan
from tests.factories import NOW, TEXT, TODAY, key, make_run

DUE = TODAY.replace(day=30)
ASKS = """
III. TỔ CHỨC THỰC HIỆN
1. Các cấp ủy, cơ quan, đơn vị xây dựng kế hoạch thực hiện Chương trình này.
"""
PARENT = TEXT + ASKS
PLAN = """ỦY BAN NHÂN DÂN QUẬN HỒ SEN
Số: {number}
Quận Hồ Sen, ngày {day} tháng 8 năm 2024

KẾ HOẠCH
Thực hiện Chương trình số 97-CTr/TU

I. NHIỆM VỤ
"""
SHARED = (
    "1. Phòng Nội vụ rà soát, đơn giản hóa ít nhất 30% thủ tục hành chính nội bộ trước ngày "
    "30/6/2025.\n"
    "2. Phòng Văn hóa và Thông tin mở 24 lớp tập huấn kỹ năng số cho cán bộ không chuyên trách.\n"
)
OWN = (
    "1. Lắp đặt 46 trạm quan trắc mực nước dọc sông Bến Đò, nối dữ liệu về phòng trực trước mùa "
    "lũ.\n"
    "2. Xây dựng kế hoạch đào tạo cán bộ của quận, hoàn thành trước ngày 15/9/2024.\n"
)
DRAFT = PLAN.replace("Số: {number}\nQuận Hồ Sen, ngày {day} tháng 8 năm 2024\n", "")


def parent_of(cast: Cast, *, text: str = PARENT) -> Document:
    """Read a programme of the city that asks every unit for its own."""
    found: Document = make_run(keeper=cast.city, user=cast.chi, text=text).rendition.document
    return found


def held(cast: Cast, paper: Document, units: Sequence[Unit] | None = None) -> Conference:
    """Plan a conference that carries the document to a site of each unit."""
    conference = plan(cast.city, paper, user=cast.chi)
    call(conference, units or [cast.ho_sen, cast.dong_gao], user=cast.chi)
    return conference


def by(user: User, **more: object) -> ProgrammeAct:
    """Say who follows up or answers now."""
    words: dict[str, object] = {"user": user, "client_key": key(), "on": TODAY, "at": NOW}
    return ProgrammeAct(**(words | more))  # type: ignore[arg-type]


def owe(conference: Conference, paper: Document, *, user: User, **more: object) -> ProgrammeCall:
    """Let the units with sites owe programmes."""
    words: dict[str, object] = {"document": paper, "due": DUE}
    services.call_for_programmes(
        conference_id=conference.pk,
        said=ProgrammesSaid(**(words | more)),  # type: ignore[arg-type]
        act=by(user),
    )
    return ProgrammeCall.objects.get(conference=conference, document=paper)


def of(call: ProgrammeCall, unit: Unit) -> Programme:
    """Return what a unit owes by a call."""
    return call.programmes.get(unit=unit)


def written(
    keeper: Unit, *, user: User, body: str = OWN, number: str = "", day: int = 6
) -> Document:
    """Hand in a plan of the unit: a draft, or with a number and the day of issue in August."""
    head = PLAN.format(number=number, day=f"{day:02}") if number else DRAFT
    found: Document = make_run(keeper=keeper, user=user, text=head + body).rendition.document
    return found


def link(programme: Programme, document: Document, *, user: User, **more: object) -> Programme:
    """Let a unit link its document."""
    return services.link_programme(
        programme_id=programme.pk, document=document, act=by(user, **more)
    )


def review(programme: Programme, *, user: User, **more: object) -> object:
    """Let the office say that it has read the programme."""
    return services.review_programme(
        programme_id=programme.pk, note="Đã xem.", act=by(user, **more)
    )


def ask(programme: Programme, *, user: User, **more: object) -> ProgrammeQuestion:
    """Let the office ask about a programme."""
    words: dict[str, object] = {"text": "Đơn vị đã rà soát số liệu riêng chưa?", "chosen": [0]}
    return services.ask_question(
        programme_id=programme.pk,
        act=by(user),
        **(words | more),  # type: ignore[arg-type]
    )
