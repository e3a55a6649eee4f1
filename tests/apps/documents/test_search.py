"""Any document is found in any spelling; what one may not see is neither found nor counted."""

from datetime import date

import pytest
from django.db import connection

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.documents import services as documents
from lotrinh.apps.documents.models import Document, SearchEntry
from lotrinh.apps.documents.selectors.asking import bearing, has_marks, words_of
from lotrinh.apps.documents.selectors.ranking import FEW
from lotrinh.apps.documents.services import Identity
from lotrinh.apps.units.models import Unit
from lotrinh.reading import read_asked
from lotrinh.reading.lexemes import quoted
from tests.cast import Cast
from tests.factories import NOW, TODAY, key, make_document, make_rendition
from tests.unchanged import nothing_changes

SPELLINGS = [
    ("45-NQ/TW", "45- NQ/TW"),
    ("45-NQ/TW", "45 -NQ /TW"),
    ("45-NQ/TW", "45nq tw"),
    ("45-NQ/TW", "45 nq tw"),
    ("45-NQ/TW", "45-nq/tw"),
    ("45-NQ/TW", "45/NQ-TW"),
    ("45-NQ/TW", "Nghị quyết 45"),
    ("45-NQ/TW", "nghi quyet 45"),
    ("45-NQ/TW", "Nghị quyết số 45-NQ/TW"),
    ("45-NQ/TW", "NQ 45"),
    ("45-NQ/TW", "Resolution 45"),
    ("45-NQ/TW", "Resolution No. 45-NQ/TW"),
    ("45-NQ/TW", "45-NQ/T.Ư"),
    ("45-NQ/TW", "45"),
    ("45-NQ/TW", "45-NQ"),
    ("66/2023/NĐ-CP", "66/ 2023/NĐ-CP"),
    ("66/2023/NĐ-CP", "66/2023/ND-CP"),
    ("66/2023/NĐ-CP", "66/2023/NĐCP"),
    ("66/2023/NĐ-CP", "66/2O23/NĐ-CP"),
    ("66/2023/NĐ-CP", "66/NĐ-CP"),
    ("66/2023/NĐ-CP", "nđ 66/2023/nđ-cp"),
    ("367-QĐ/TWĐTN", "367 - QĐ/TWĐTN"),
    ("367-QĐ/TWĐTN", "367 QĐ/TWĐTN"),
    ("281/KH-UBND", "281/KH–UBND"),
    ("281/KH-UBND", "281/KH\u2011UBND"),
    ("281/KH-UBND", "281-KH-UBND"),
    ("281/KH-UBND", "281-KH/UBND"),
    ("281/KH-UBND", "kế hoạch số 281"),
    ("281/KH-UBND", "plan 281/KH-UBND"),
    ("1961/QĐ-UBND", "1961/QĐUBND"),
    ("1961/QĐ-UBND", "1961/QD-UBND"),
    ("30c/NQ-CP", "30c/NQCP"),
    ("06-CTr/TU", "06/Ctr-TU"),
    ("06-CTr/TU", "06-Ctr-TU"),
    ("06-CTr/TU", "6-CTR/TU"),
    ("06-CTr/TU", "Action Program No. 06-Ctr/TU"),
    ("102/KH-UBND", "102-KH-UBND"),
    ("06-CTr/TU", "O6-CTr/TU"),
    ("06-CTr/TU", "06-CTr/Thành ủy"),
    ("06-CTr/TU", "CTr-TU"),
    ("06-CTr/TU", "ctr/tu"),
    ("06-CTr/TU", "06 CTR TU"),
    ("06-CTr/TU", "CTr-TU 06"),
    ("06-CTr/TU", "CTr/TU số 06"),
    ("06-CTr/TU", "CTr 06-TU"),
    ("06-CTr/TU", "CTr6"),
    ("06-CTr/TU", "CTR06/TU"),
    ("06-CTr/TU", "06.CTr/TU"),
    ("06-CTr/TU", "06_CTr_TU"),
    ("102/KH-UBND", "1O2/KH-UBND"),
    ("102/KH-UBND", "l02 kh ubnd"),
    ("102/KH-UBND", "kế hoạch I02"),
    ("47-KH/ĐU", "47-KH/DU"),
    ("47-KH/ĐU", "plan number 47-KH/DU"),
    ("01-ĐA/TU", "01-DA/TU"),
    ("01-ĐA/TU", "Đề án 01"),
    ("296-QĐ/TW", "296-QD/TW"),
    ("296-QĐ/TW", "296-QĐ/TƯ"),
    ("719/QĐ-TTg", "Số: 719/QĐ-TTg"),
    ("719/QĐ-TTg", "719/QĐ-TTG"),
    ("719/QĐ-TTg", "số719/QĐ-TTg"),
    ("124/QĐ-TTg", "124/QĐ/TTg"),
    ("1001/QĐ-BNV", "Quyết định số số 1001/QĐ-BNV"),
    ("193/2025/QH15", "193/2025/NQ-QH15"),
    ("193/2025/QH15", "193/2025/QH15"),
    ("193/2025/QH15", "193/2025"),
    ("1888/UBND-TKBT", "1888/ubnd-tkbt"),
]
TYPES = {"QH15": "NQ", "TKBT": "CV"}


@pytest.fixture
def shelf(cast: Cast) -> dict[str, Document]:
    """One document of each number, each with a title of its own."""
    return {number: register(cast.office, cast.chi, number) for number in dict(SPELLINGS)}


def register(
    keeper: Unit, user: User, number: str, title: str = "Việc của Thành ủy", on: date | None = None
) -> Document:
    ends = next((code for end, code in TYPES.items() if number.endswith(end)), "")
    symbol = next((part for part in number.replace("/", "-").split("-") if part.isalpha()), "")
    return make_document(
        keeper=keeper,
        user=user,
        number=number,
        title=title,
        type_code=ends or symbol,
        system="party" if "-" in number.partition("/")[0] else "state",
        issued_on=on,
    )


def searched(typed: str, user: User, few: int = FEW) -> registry.Search:
    among = registry.in_registry(seen_by=user.pk, on=TODAY)
    return registry.search(typed=typed, among=among, few=few)


def numbers(typed: str, user: User) -> list[str]:
    """Return what is found, best first.

    It is what asking every document in turn gives, every count agrees with it, and the way of
    searching, as where few or as where many documents fit, changes nothing.
    """
    plain = one_by_one(typed, user)
    for few in (FEW, 2, 0):
        found = searched(typed, user, few)
        rows = registry.found_page(found, after=None, most=50)
        assert [(rank, row.pk) for rank, row in rows] == plain, few
        assert registry.found_count(found) == len(rows)
        assert pages(found, size=2) == plain
    return [row.number for _rank, row in rows]


def one_by_one(typed: str, user: User) -> list[tuple[int, int]]:
    """Return the finds by asking every document that the account may see for each rank in turn."""
    asked = read_asked(typed)
    finds: list[tuple[int, int]] = []
    for is_loose in (False, True) if has_marks(asked) else (False,):
        for document in registry.visible(seen_by=user.pk, on=TODAY):
            entry = SearchEntry.objects.filter(document=document)
            words = words_of(asked, is_loose=is_loose)
            of_it = Document.objects.filter(pk=document.pk)
            if asked.number and of_it.filter(bearing(asked, is_loose=is_loose)).exists():
                finds.append((1, document.pk))
            elif asked.is_empty:
                continue
            elif entry.filter(heading=words).exists():
                finds.append((2, document.pk))
            elif entry.filter(words=words).exists():
                finds.append((3, document.pk))
        if finds:
            break
    return sorted(finds, key=lambda find: find[0])


def pages(found: registry.Search, *, size: int) -> list[tuple[int, int]]:
    """Return the finds page by page."""
    finds: list[tuple[int, int]] = []
    after = None
    while page := registry.found_page(found, after=after, most=size):
        finds += [(rank, row.pk) for rank, row in page]
        after = page[-1][1]
    return finds


def near(typed: str, user: User) -> list[str]:
    return [row.number for row in registry.near_numbers(searched(typed, user))]


# --- numbers


def test_every_spelling_of_a_number_finds_its_document_alone(
    cast: Cast, shelf: dict[str, Document]
) -> None:
    found = [(number, typed, numbers(typed, cast.chi)) for number, typed in SPELLINGS]

    assert [row for row in found if row[2] != [row[0]]] == []


def test_a_misspelt_number_is_answered_with_those_that_may_be_meant(
    cast: Cast, shelf: dict[str, Document]
) -> None:
    assert near("54-NQ/TW", cast.chi) == ["45-NQ/TW"]  # digits changed places
    assert near("145-NQ/TW", cast.chi) == ["45-NQ/TW"]  # one too many
    assert near("45-N/TW", cast.chi) == ["45-NQ/TW"]  # a letter is missing
    assert near("45-CT/TW", cast.chi) == ["45-NQ/TW"]  # another type
    assert near("Chỉ thị 45-CT/TW", cast.chi) == ["45-NQ/TW"]
    assert near("86/2023/NĐ-CP", cast.chi) == ["66/2023/NĐ-CP"]  # a wrong digit
    assert near("66/2024/NĐ-CP", cast.chi) == ["66/2023/NĐ-CP"]  # a wrong year
    assert near("Nghị quyết 54", cast.chi) == ["45-NQ/TW"]
    assert near("60-CTr/TU", cast.chi) == ["06-CTr/TU"]
    assert near("45-NQ/TW", cast.chi) == []  # it is there
    assert near("9999-BC/TW", cast.chi) == []
    assert near("54", cast.chi) == []  # a mere figure


def test_one_number_of_two_issuers_is_found_twice_and_the_rest_tells_them_apart(
    cast: Cast,
) -> None:
    for title in ("Về đào tạo nghề", "Về phòng cháy"):
        make_document(
            keeper=cast.office,
            user=cast.chi,
            number="24-CT/TU",
            title=title,
            type_code="CT",
            issued_on=date(2019 + len(title), 1, 1),
        )

    assert len(numbers("24-CT/TU", cast.chi)) == 2
    found = searched("chỉ thị 24 về đào tạo nghề", cast.chi)
    rows = registry.found_page(found, after=None, most=50)
    assert [(rank, row.title) for rank, row in rows] == [(1, "Về đào tạo nghề")]


# --- words


@pytest.fixture
def texts(cast: Cast) -> dict[str, Document]:
    told = {
        "1-CT/TU": ("Về chuyển đổi số", "Các đơn vị rà soát thủ tục hành chính."),
        "2-CT/TU": ("Về thủ tục", "Thành uỷ yêu cầu đẩy mạnh chuyển đổi số; quý III báo cáo."),
        "3-CT/TU": (
            "Về quản lý",
            "Thực hiện Nghị quyết số 45-NQ/TW. Đổi mới; chuyển giao số liệu.",
        ),
    }
    made = {}
    for number, (title, text) in told.items():
        made[number] = make_document(
            keeper=cast.office, user=cast.chi, number=number, title=title, type_code="CT"
        )
        make_rendition(made[number], text)
    return made


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("chuyển đổi số", ["1-CT/TU", "2-CT/TU", "3-CT/TU"]),
        ("chuyen doi so", ["1-CT/TU", "2-CT/TU", "3-CT/TU"]),
        ("CHUYỂN ĐỔI SỐ", ["1-CT/TU", "2-CT/TU", "3-CT/TU"]),
        ('"chuyển đổi số"', ["1-CT/TU", "2-CT/TU"]),
        ("“chuyen doi so”", ["1-CT/TU", "2-CT/TU"]),
        ("thủ tục", ["2-CT/TU", "1-CT/TU"]),
        ("Thành ủy", ["2-CT/TU"]),
        ("Thành uỷ", ["2-CT/TU"]),
        ("quí III", ["2-CT/TU"]),
        ("quản lí", ["3-CT/TU"]),
        ("chuyen doi thu tuc", ["2-CT/TU", "1-CT/TU"]),
        ("45-NQ/TW", ["3-CT/TU"]),
        ("Nghị quyết 45", ["3-CT/TU"]),
        ("chuyển đối", ["3-CT/TU", "2-CT/TU", "1-CT/TU"]),
        ("nowhere", []),
        ("", []),
        ("%", []),
        ("' | 'x' & !", []),
    ],
)
def test_words_are_found_with_or_without_their_marks(
    cast: Cast, texts: dict[str, Document], typed: str, expected: list[str]
) -> None:
    assert sorted(numbers(typed, cast.chi)) == sorted(expected)


@pytest.mark.parametrize("typed", ["M\u02bcNông", "M'nông", "m’nông", "M\u02bcnong", "Nông\u02bc"])
def test_an_apostrophe_of_any_kind_parts_words_and_finds_the_others(cast: Cast, typed: str) -> None:
    for number, written in (("1-BC/TU", "M\u02bcNông"), ("2-BC/TU", "M'Nông")):
        told = make_document(keeper=cast.office, user=cast.chi, number=number, title=written)
        make_rendition(told, f"Đồng bào dân tộc {written}, Êđê\u02bc và \u02bc.")

    assert sorted(numbers(typed, cast.chi)) == ["1-BC/TU", "2-BC/TU"]
    assert sorted(numbers("Êđê", cast.chi)) == ["1-BC/TU", "2-BC/TU"]
    assert numbers("\u02bc", cast.chi) == []


def test_no_sign_in_a_word_ends_the_word_in_the_index() -> None:
    words = ["o'clock", "a\\b", "''", "\\'"]

    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(%s::tsvector)", [" ".join(map(quoted, words))])
        (kept,) = cursor.fetchone()
        cursor.execute("SELECT %s::tsquery::text", [quoted("o'clock")])
        (asked,) = cursor.fetchone()

    assert sorted(kept) == sorted(words)
    assert asked == "'o''clock'"


def test_the_number_comes_first_then_the_title_then_the_text(cast: Cast) -> None:
    by_text = make_document(keeper=cast.office, user=cast.chi, number="7-CT/TU", title="Một")
    make_rendition(by_text, "Thực hiện Nghị quyết số 45-NQ/TW.")
    by_number = register(cast.office, cast.chi, "45-NQ/TW")
    by_title = make_document(
        keeper=cast.office, user=cast.chi, number="8-CT/TU", title="Thực hiện 45-NQ/TW"
    )

    rows = registry.found_page(searched("45-NQ/TW", cast.chi), after=None, most=50)

    assert [(rank, row.pk) for rank, row in rows] == [
        (1, by_number.pk),
        (2, by_title.pk),
        (3, by_text.pk),
    ]


def test_within_a_rank_the_newest_comes_first_and_pages_keep_that_order(cast: Cast) -> None:
    days = [date(2022, 1, 1), None, date(2024, 1, 1), date(2022, 1, 1), None, date(2023, 1, 1)]
    made = [
        make_document(keeper=cast.office, user=cast.chi, title="Về đào tạo", issued_on=day)
        for day in days
    ]
    found = searched("dao tao", cast.chi)
    newest_first = [made[at] for at in (2, 5, 3, 0, 4, 1)]

    rows, after = [], None
    while page := registry.found_page(found, after=after, most=2):
        rows += [row for _rank, row in page]
        after = rows[-1]

    assert rows == newest_first
    among = registry.visible(seen_by=cast.chi.pk, on=TODAY)
    assert list(among) == newest_first
    for at, row in enumerate(newest_first):
        assert list(registry.following(among, row.uid)) == newest_first[at + 1 :]


def test_pages_follow_one_another_through_the_ranks(cast: Cast, texts: dict[str, Document]) -> None:
    found = searched("so", cast.chi)
    whole = registry.found_page(found, after=None, most=50)
    rows, after = [], None
    while page := registry.found_page(found, after=after, most=1):
        rows += page
        after = page[-1][1]

    assert rows == whole
    assert [rank for rank, _row in whole] == [2, 3, 3]


def test_words_with_marks_are_held_to_unless_nothing_bears_them(
    cast: Cast, texts: dict[str, Document]
) -> None:
    assert searched("đổi mới", cast.chi).is_loose is False
    assert numbers("đổi mới", cast.chi) == ["3-CT/TU"]
    assert searched("đối mới", cast.chi).is_loose is True


def test_the_passage_is_shown_as_the_text_prints_it(cast: Cast, texts: dict[str, Document]) -> None:
    document = texts["2-CT/TU"]

    shown = registry.shown_passages(searched("thanh uy bao cao", cast.chi), [document])

    passage = shown[document.pk].passage
    assert passage.start == 0
    assert [part for part, is_hit in passage.parts if is_hit] == ["Thành", "uỷ", "báo", "cáo"]
    assert "".join(part for part, _is_hit in passage.parts) == document.renditions.get().text


def test_what_a_text_says_up_to_its_own_title_is_no_passage(cast: Cast) -> None:
    document = make_document(
        keeper=cast.office, user=cast.chi, number="4-CT/TU", title="Về đào tạo nghề", type_code="CT"
    )
    make_rendition(document, "Số 4-CT/TU\nVỀ ĐÀO TẠO\nNGHỀ\nMở lớp đào tạo ở xã.")

    by_words = registry.shown_passages(searched("dao tao", cast.chi), [document])
    by_number = registry.shown_passages(searched("4-CT/TU", cast.chi), [document])

    said = "".join(part for part, _is_hit in by_words[document.pk].passage.parts)
    assert said.strip() == "Mở lớp đào tạo ở xã."
    assert by_number == {}


# --- rights


def test_what_one_may_not_see_is_neither_found_nor_counted_nor_guessed(cast: Cast) -> None:
    hidden = register(cast.dong_gao, cast.khe, "45-NQ/TW", "Về bí mật của huyện")
    make_rendition(hidden, "Chuyển đổi số.")
    own = make_document(keeper=cast.ho_sen, user=cast.ha, number="12-CT/TU", title="Chuyển đổi số")

    for typed in ("45-NQ/TW", "bí mật", "của huyện"):
        assert numbers(typed, cast.ha) == []
        assert numbers(typed, cast.khe) == ["45-NQ/TW"]
    assert numbers("chuyen doi so", cast.ha) == ["12-CT/TU"]
    assert near("54-NQ/TW", cast.ha) == []
    assert near("54-NQ/TW", cast.khe) == ["45-NQ/TW"]
    assert numbers("45-NQ/TW", cast.an) == []
    documents.send_to(document=hidden, unit=cast.ho_sen, actor=cast.khe.named, at=NOW)
    assert numbers("45-NQ/TW", cast.ha) == ["45-NQ/TW"]
    assert own.number == "12-CT/TU"


def test_a_number_that_only_a_hidden_document_bears_does_not_silence_the_near_ones(
    cast: Cast,
) -> None:
    register(cast.dong_gao, cast.khe, "54-NQ/TW")
    register(cast.ho_sen, cast.ha, "45-NQ/TW")

    assert near("54-NQ/TW", cast.ha) == ["45-NQ/TW"]


def test_one_searches_among_just_what_one_sees(cast: Cast, shelf: dict[str, Document]) -> None:
    register(cast.dong_gao, cast.khe, "5-KH/HU")
    documents.send_to(document=shelf["45-NQ/TW"], unit=cast.sen_tay, actor=cast.chi.named, at=NOW)

    for user in cast.named_users().values():
        asked = {"seen_by": user.pk, "on": TODAY}
        assert list(registry.in_registry(**asked)) == list(registry.visible(**asked))


# --- the entries


def test_an_entry_follows_its_document_in_the_same_transaction(cast: Cast) -> None:
    stub = documents.cite_document(
        identity=Identity(system="party", type_code="NQ", number="45-NQ/TW"),
        language="vi",
        keeper=cast.office,
        at=NOW,
    )
    document = make_document(keeper=cast.office, user=cast.chi, title="Cũ")
    first = make_rendition(document, "Nội dung đầu tiên.")
    second = make_rendition(document, "Nội dung tiếp theo.")

    assert numbers("45-NQ/TW", cast.chi) == [stub.number]
    assert numbers('"đầu tiên"', cast.chi) == [document.number]
    documents.take_text(
        rendition=second,
        instead_of=first.uid,
        reason="",
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )
    assert numbers('"đầu tiên"', cast.chi) == []
    assert numbers('"tiếp theo"', cast.chi) == [document.number]


def test_making_all_entries_anew_changes_nothing(cast: Cast, texts: dict[str, Document]) -> None:
    with nothing_changes():
        assert documents.rebuild_search() == 0


def test_entries_that_were_lost_or_are_wrong_are_made_as_they_were(
    cast: Cast, texts: dict[str, Document]
) -> None:
    before = list(SearchEntry.objects.order_by("pk").values())
    SearchEntry.objects.filter(document=texts["1-CT/TU"]).delete()
    SearchEntry.objects.filter(document=texts["2-CT/TU"]).update(digest="", words="'x':1")

    assert documents.rebuild_search() == 2
    assert list(SearchEntry.objects.order_by("pk").values()) == before


def test_a_merged_stub_is_found_no_more_and_comes_back_when_it_stands_alone(cast: Cast) -> None:
    def cite(year: int) -> Document:
        return documents.cite_document(
            identity=Identity(
                system="party", type_code="NQ", number="45-NQ/TW", issued_on=date(year, 5, 5)
            ),
            language="vi",
            keeper=cast.office,
            at=NOW,
        )

    stub, into = cite(2013), cite(2023)
    assert len(numbers("45-NQ/TW", cast.chi)) == 2
    by = {"user": cast.chi, "on": TODAY, "at": NOW}

    documents.merge_stub(stub=stub, into=into, reason="một văn bản", **by)
    merged = registry.found_page(searched("45-NQ/TW", cast.chi), after=None, most=50)
    documents.unmerge_stub(stub=stub, **by)

    assert [row.pk for _rank, row in merged] == [into.pk]
    assert len(numbers("45-NQ/TW", cast.chi)) == 2


def test_a_text_beyond_all_measure_is_kept_as_far_as_it_goes(cast: Cast) -> None:
    document = make_document(keeper=cast.office, user=cast.chi, number="9-CT/TU")
    many = " ".join(f"chữ{n}dài{n}vô{n}cùng" for n in range(60_000))

    make_rendition(document, f"mở đầu {many} kết thúc")

    assert numbers("mở đầu", cast.chi) == ["9-CT/TU"]
