"""The people of the tests and where they sit. All of them are invented.

Thành phố Hồ Sen is a small city. Its planning office (Chi) works for the whole city: she reads,
decides, assigns and issues. The city's leader (Thạch) reads everything and issues. Two districts
stand side by side: Hồ Sen with its officer Hà, and Đồng Gạo with its officer Khê, who must never
see what is Hồ Sen's. Below Hồ Sen lies the ward Sen Tây with its officer Mai. The ward Sen Cũ was
abolished at the end of 2023; its papers stay with those above. The inspector Nghiêm has a mandate
for the whole city: he reads everywhere and decides nowhere. Bách is a reader of Đồng Gạo alone.
Tùng left the planning office a month ago; Ẩn has an account and no post at all. The election board
stands in a tree of its own.
"""

from dataclasses import dataclass
from datetime import date

from lotrinh.apps.accounts.models import User
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Person, Unit
from lotrinh.rules.actions import Action
from tests.factories import (
    READS,
    TODAY,
    appoint,
    give_mandate,
    make_person,
    make_post,
    make_role,
    make_unit,
    make_user,
)

ABOLISHED_ON = date(2024, 1, 1)
LEFT_ON = date(2024, 7, 1)

OFFICER = (
    *READS,
    Action.REGISTER_DOCUMENT,
    Action.DECIDE_CANDIDATE,
    Action.ASSIGN_DUTY,
    Action.DO_DUTY,
    Action.ENTER_FIGURE,
    Action.WRITE_REVIEW,
    Action.HOLD_CONFERENCE,
)
LEADER = (
    *READS,
    Action.ISSUE_DUTY,
    Action.JUDGE_DUTY,
    Action.APPROVE_FIGURE,
    Action.FREEZE_REVIEW,
)
READER = (
    Action.READ_DOCUMENT,
    Action.READ_DUTY,
    Action.READ_TARGET,
    Action.READ_FIGURE,
    Action.READ_REVIEW,
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The units and the accounts of the story, by the names under which tests speak of them."""

    city: Unit
    office: Unit
    ho_sen: Unit
    dong_gao: Unit
    sen_tay: Unit
    sen_cu: Unit
    election_board: Unit

    chi: User  # planning office, for the whole city
    thach: User  # leader of the city
    ha: User  # officer of district Hồ Sen
    khe: User  # officer of district Đồng Gạo
    mai: User  # officer of ward Sen Tây, in Hồ Sen
    nghiem: User  # inspector, reads everywhere
    bach: User  # reads in Đồng Gạo
    tung: User  # has left the planning office
    an: User  # holds no post

    def person(self, user: User) -> Person:
        """Return the person behind an account of the cast."""
        found = units.person_of(user_id=user.pk)
        assert found is not None
        return found

    def named_users(self) -> dict[str, User]:
        """Return every account by its name in the story."""
        names = ("chi", "thach", "ha", "khe", "mai", "nghiem", "bach", "tung", "an")
        return {name: getattr(self, name) for name in names}


def gather() -> Cast:
    """Put the whole cast into the database, through the services."""
    city = make_unit("tp-ho-sen", kind="city", name_vi="Thành phố Hồ Sen", name_en="Ho Sen City")
    office = make_unit(
        "van-phong",
        parent=city,
        kind="party_office",
        name_vi="Văn phòng Thành ủy",
        name_en="Office of the City Party Committee",
    )
    ho_sen = make_unit(
        "quan-ho-sen",
        parent=city,
        kind="district",
        name_vi="Quận Hồ Sen",
        name_en="Ho Sen District",
        aliases=["Ủy ban nhân dân Quận Hồ Sen"],
    )
    dong_gao = make_unit(
        "huyen-dong-gao",
        parent=city,
        kind="district",
        name_vi="Huyện Đồng Gạo",
        name_en="Dong Gao District",
    )
    sen_tay = make_unit(
        "phuong-sen-tay",
        parent=ho_sen,
        kind="commune",
        name_vi="Phường Sen Tây",
        name_en="Sen Tay Ward",
    )
    sen_cu = make_unit(
        "phuong-sen-cu",
        parent=ho_sen,
        until=ABOLISHED_ON,
        kind="commune",
        name_vi="Phường Sen Cũ",
        name_en="Sen Cu Ward",
    )
    board = make_unit(
        "to-bau-cu",
        tree="elections",
        kind="department",
        name_vi="Ủy ban bầu cử",
        name_en="Election Board",
    )
    planning = make_role("planning_officer", actions=Action)
    officer = make_role("unit_officer", actions=OFFICER)
    leader = make_role("leader", actions=LEADER)
    inspector = make_role("inspector", actions=READS, purpose="inspection")
    reader = make_role("reader", actions=READER)

    chi_post = make_post(office, role=planning, scope=city, title_vi="Trưởng phòng Tổng hợp")

    def member(sign_in: str, name: str) -> tuple[User, Person]:
        user = make_user(sign_in)
        return user, make_person(name, user=user)

    chi, person = member("van-phong", "Trần Mộc Chi")
    appoint(person, chi_post)
    thach, person = member("lanh-dao", "Đoàn Hải Thạch")
    appoint(person, make_post(city, role=leader, title_vi="Phó Bí thư"))
    ha, person = member("can-bo-ho-sen", "Phan Thu Hà")
    appoint(person, make_post(ho_sen, role=officer))
    khe, person = member("can-bo-dong-gao", "Lê Minh Khê")
    appoint(person, make_post(dong_gao, role=officer))
    mai, person = member("can-bo-sen-tay", "Vũ Thị Mai")
    appoint(person, make_post(sen_tay, role=officer))
    nghiem, person = member("kiem-tra", "Tạ Quang Nghiêm")
    appoint(person, make_post(city, role=inspector, title_vi="Kiểm tra viên", rank=1))
    give_mandate(person, city, role=inspector)
    bach, person = member("doc-dong-gao", "Hoàng Bách")
    appoint(person, make_post(dong_gao, role=reader, rank=1))
    tung, person = member("nguoi-cu", "Ngô Tùng")
    appoint(person, make_post(office, role=planning, scope=city, rank=1), until=LEFT_ON)
    an, _ = member("khong-chuc-vu", "Đỗ Ẩn")
    assert TODAY >= LEFT_ON

    return Cast(
        city=city,
        office=office,
        ho_sen=ho_sen,
        dong_gao=dong_gao,
        sen_tay=sen_tay,
        sen_cu=sen_cu,
        election_board=board,
        chi=chi,
        thach=thach,
        ha=ha,
        khe=khe,
        mai=mai,
        nghiem=nghiem,
        bach=bach,
        tung=tung,
        an=an,
    )
