"""Scenarios for the services of units: before, and the one call that is watched."""

from collections.abc import Callable
from datetime import date

from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors, services
from lotrinh.apps.units.models import NameKind
from lotrinh.apps.units.services.changes import Follows
from lotrinh.rules.closing import Closing
from lotrinh.rules.succession import ChangeKind
from tests.architecture.account_scenarios import a_key
from tests.cast import Cast
from tests.factories import (
    NOW,
    READS,
    TODAY,
    appoint,
    key,
    make_person,
    make_post,
    make_role,
    make_tree,
)

Act = Callable[[], object]
_BY = {"actor": SYSTEM, "at": NOW}
_ON = {"on": TODAY, "at": NOW}
_CHANGE = {"day": date(2025, 7, 1), "legal_basis": "Nghị quyết số 1", "on": TODAY, "at": NOW}


def add_name(cast: Cast) -> Act:
    given = {"unit": cast.city, "kind": NameKind.ALIAS, "text": "Phố Sen"}
    return lambda: services.add_name(**given, **_BY)


def number_unit(cast: Cast) -> Act:
    return lambda: services.number_unit(unit=cast.city, system="gso", code="01", **_BY)


def renumber_unit(cast: Cast) -> Act:
    given = {"unit": cast.sen_tay, "system": "gso", "code": "00007", "since": TODAY}
    return lambda: services.renumber_unit(**given, user=cast.chi, on=TODAY, at=NOW)


def end_appointment(cast: Cast) -> Act:
    held = appoint(make_person("Lý Mới"), make_post(cast.city))
    return lambda: services.end_appointment(appointment=held, until=TODAY, **_BY)


def delegate(cast: Cast) -> Act:
    lender = selectors.first_post(user_id=cast.ha.pk, on=TODAY)
    given = {"since": TODAY, "until": date(2024, 9, 1), "person": cast.person(cast.an)}
    return lambda: services.delegate(lender=lender, **given, **_BY)


def fill_post(cast: Cast) -> Act:
    given = {"person": cast.person(cast.an), "post": make_post(cast.sen_tay), "user": cast.chi}
    return lambda: services.fill_post(**given, **_decided(date(2024, 9, 1)), acting=False)


def take_on(cast: Cast) -> Act:
    given = {"full_name": "Lý Mới", "post": make_post(cast.sen_tay), "user": cast.chi}
    return lambda: services.take_on(**given, **_decided(None), acting=True)


def lend_post(cast: Cast) -> Act:
    lender = selectors.first_post(user_id=cast.ha.pk, on=TODAY)
    given = {"lender": lender, "person": cast.person(cast.an), "user": cast.chi}
    return lambda: services.lend_post(**given, **_decided(date(2024, 9, 1)), actions=None)


def release_holder(cast: Cast) -> Act:
    held = selectors.first_post(user_id=cast.ha.pk, on=TODAY)
    given = {"appointment": held, "until": date(2024, 9, 1), "user": cast.chi}
    return lambda: services.release_holder(**given, on=TODAY, at=NOW)


def open_post(cast: Cast) -> Act:
    given = {"unit": cast.sen_tay, "scope": cast.sen_tay, "role": make_role("reader")}
    words = {"title_vi": "Văn thư", "title_en": "Clerk", "since": TODAY, "legal_basis": "QĐ 1"}
    return lambda: services.open_post(**given, **words, user=cast.chi, client_key=key(), **_ON)


def end_post(cast: Cast) -> Act:
    given = {"post": make_post(cast.sen_tay), "until": date(2024, 9, 1), "user": cast.chi}
    return lambda: services.end_post(**given, **_ON)


def admit_person(cast: Cast) -> Act:
    given = {"person": make_person("Lý Mới"), "sign_in_name": "ly-moi", "language": "vi"}
    return lambda: services.admit_person(**given, user=cast.chi, client_key=key(), **_ON)


def bar_account(cast: Cast) -> Act:
    given = {"account": cast.bach, "reason": Closing.LEFT, "user": cast.chi}
    return lambda: services.bar_account(**given, **_ON)


def readmit_account(cast: Cast) -> Act:
    bar_account(cast)()
    given = {"account": cast.bach, "read": None, "user": cast.chi, "client_key": key()}
    return lambda: services.readmit_account(**given, **_ON)


def renew_password(cast: Cast) -> Act:
    given = {"account": cast.bach, "read": None, "user": cast.chi, "client_key": key()}
    return lambda: services.renew_password(**given, **_ON)


def withdraw_appointment(cast: Cast) -> Act:
    held = appoint(make_person("Lý Mới"), make_post(cast.city), since=date(2024, 9, 1))
    return lambda: services.withdraw_appointment(appointment=held, **_BY)


def change_role(cast: Cast) -> Act:
    role = selectors.role_by_code("reader")
    given = {"role": role, "actions": READS, "read": role.actions, "user": cast.chi}
    return lambda: services.change_role(**given, on=TODAY, at=NOW)


def _decided(until: date | None) -> dict:
    """Return what every appointment says: its days and the decision behind it."""
    days = {"since": TODAY, "until": until, "on": TODAY, "at": NOW}
    return {**days, "legal_basis": "Quyết định số 1", "client_key": key()}


def give_mandate(cast: Cast) -> Act:
    given = {
        "role": _inspectors(),
        "scope": cast.city,
        "people": [cast.person(cast.an)],
        "subject": "Chuyển đổi số",
        "legal_basis": "Quyết định số 1",
        "since": TODAY,
        "until": None,
    }
    return lambda: services.give_mandate(**given, **_BY)


def issue_mandate(cast: Cast) -> Act:
    given = {"role": _inspectors(), "scope": cast.ho_sen, "people": [cast.person(cast.an)]}
    words = {"subject": "Chuyển đổi số", "user": cast.chi}
    return lambda: services.issue_mandate(**given, **words, **_decided(date(2024, 9, 1)))


def end_mandate(cast: Cast) -> Act:
    given = {"mandate": give_mandate(cast)(), "until": date(2024, 9, 1), "user": cast.chi}
    return lambda: services.end_mandate(**given, legal_basis="Quyết định số 2", on=TODAY, at=NOW)


def record_reading(cast: Cast) -> Act:
    give_mandate(cast)()
    held = selectors.inspections(user_id=cast.an.pk, on=TODAY)
    return lambda: services.record_reading(inspections=held, page="duty", object_uid=None, **_BY)


def save_group(cast: Cast) -> Act:
    return lambda: services.save_group(code="xa", choice=_choice(cast), **_BY)


def create_group(cast: Cast) -> Act:
    given = {"code": "xa-moi", "choice": _choice(cast), "since": TODAY, "user": cast.chi}
    return lambda: services.create_group(**given, client_key=key(), on=TODAY, at=NOW)


def change_group(cast: Cast) -> Act:
    held = services.save_group(code="xa-doi", choice=_choice(cast), **_BY)
    given = {"code": "xa-doi", "choice": _choice(cast), "since": date(2024, 9, 1)}
    given |= {"read": held.version}
    return lambda: services.change_group(**given, user=cast.chi, client_key=key(), on=TODAY, at=NOW)


def end_group(cast: Cast) -> Act:
    held = services.save_group(code="xa-het", choice=_choice(cast), **_BY)
    given = {"code": "xa-het", "until": date(2024, 9, 1), "read": held.version, "user": cast.chi}
    return lambda: services.end_group(**given, on=TODAY, at=NOW)


def _choice(cast: Cast) -> services.Choice:
    given = {"name_vi": "Xã", "name_en": "Communes", "kinds": ["commune"]}
    return services.Choice(tree=make_tree(), added=(cast.city,), **given)


def establish_unit(cast: Cast) -> Act:
    given = {"code": "moi", "kind": "commune", "name_vi": "Mới", "name_en": "New"}
    place = {"tree": make_tree(), "parent": cast.city, "user": cast.chi}
    return lambda: services.establish_unit(**given, **place, **_CHANGE)


def rename_unit(cast: Cast) -> Act:
    given = {"unit": cast.sen_tay, "name_vi": "Khác", "name_en": "Other", "user": cast.chi}
    return lambda: services.rename_unit(**given, **_CHANGE)


def move_unit(cast: Cast) -> Act:
    given = {"unit": cast.sen_tay, "tree": make_tree(), "parent": cast.dong_gao}
    return lambda: services.move_unit(**given, user=cast.chi, **_CHANGE)


def abolish_unit(cast: Cast) -> Act:
    given = {"unit": cast.sen_tay, "receiver": cast.dong_gao, "user": cast.chi}
    return lambda: services.abolish_unit(**given, **_CHANGE)


def change_organisation(cast: Cast) -> Act:
    return lambda: services.change_organisation(
        kind=ChangeKind.ABOLISH,
        follows=[Follows(cast.sen_tay, cast.dong_gao)],
        ending=[cast.sen_tay],
        day=date(2025, 7, 1),
        legal_basis="Nghị quyết số 1",
        **_BY,
    )


def take_names(cast: Cast) -> Act:
    rename_unit(cast)()
    return lambda: services.take_names(on=_CHANGE["day"], at=NOW)


def undo_change(cast: Cast) -> Act:
    change = move_unit(cast)()
    return lambda: services.undo_change(change=change, user=cast.chi, on=TODAY, at=NOW)


def import_units(cast: Cast) -> Act:
    grid = [
        ("Mã đơn vị", "Loại", "Tên", "Mã cấp trên", "Từ ngày"),
        ("moi", "Phường", "Phường Mới", cast.ho_sen.code, "1/8/2024"),
    ]
    return lambda: services.import_units(grid=grid, user=cast.chi, on=TODAY, at=NOW)


def import_people(cast: Cast) -> Act:
    make_role("reader", actions=READS)
    grid = [
        ("Mã đơn vị", "Chức vụ", "Vai trò", "Họ và tên", "Tên đăng nhập", "Từ ngày"),
        (cast.ho_sen.code, "Chuyên viên", "reader", "Lý Mới", "ly-moi", "1/8/2024"),
    ]
    return lambda: services.import_people(grid=grid, user=cast.chi, on=TODAY, at=NOW)


def _inspectors():
    role = make_role("kiem-tra-vien", actions=READS)
    return services.define_role(
        code=role.code, name_vi="KT", name_en="I", actions=READS, purpose="inspection", **_BY
    )


def bar_key(cast: Cast) -> Act:
    a_key(cast)
    return lambda: services.bar_key(key=cast.ha.keys.get(), user=cast.chi, on=TODAY, at=NOW)


UNIT_SCENARIOS = {
    f"units.{scenario.__name__}": scenario
    for scenario in (
        abolish_unit,
        add_name,
        admit_person,
        bar_account,
        bar_key,
        change_group,
        change_organisation,
        change_role,
        create_group,
        delegate,
        end_appointment,
        end_post,
        end_group,
        end_mandate,
        establish_unit,
        fill_post,
        give_mandate,
        lend_post,
        import_people,
        import_units,
        issue_mandate,
        move_unit,
        number_unit,
        open_post,
        readmit_account,
        record_reading,
        release_holder,
        renew_password,
        rename_unit,
        renumber_unit,
        save_group,
        take_names,
        take_on,
        undo_change,
        withdraw_appointment,
    )
}
