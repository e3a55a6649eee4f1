"""Pages go over thin lines: they are compressed, and a full page of the register stays light."""

import gzip
import re

from lotrinh.apps.documents.models import Document
from tests.cast import Cast
from tests.factories import TEXT, make_run
from tests.web.visiting import Visit, text_of

PAGE = 50
LATER_PAGE = 30_000
"""The bytes that a page after the first may weigh over the wire."""
_VERBS = ("Tăng cường", "Đẩy mạnh", "Nâng cao chất lượng", "Hoàn thiện", "Rà soát", "Kiểm tra")
_THINGS = (
    "công tác đào tạo nghề",
    "chuyển đổi số trong các cơ quan",
    "cải cách thủ tục hành chính",
    "quản lý đất đai và trật tự xây dựng",
    "an sinh xã hội, giảm nghèo bền vững",
)
_ENDS = ("trên địa bàn các xã", "tại các phường", "trong toàn Đảng bộ", "của các đơn vị")


def title(at: int) -> str:
    """Return a title of the usual length, no two alike."""
    first, second = _THINGS[at % 5], _THINGS[(at // 5) % 5]
    said = f"{_VERBS[at % 6]} {first}, gắn với {second} {_ENDS[at % 4]} giai đoạn {1990 + at}"
    return f"Chương trình hành động {said[0].lower()}{said[1:]}"


def fill_a_page(cast: Cast) -> None:
    """Register one page of documents and one more, each of them read and waiting for somebody."""
    for at in range(PAGE + 1):
        number = f"{at + 100}-CTr/TU"
        text = TEXT.replace("97-CTr/TU", number).replace("đào tạo", f"đào tạo {at}")
        run = make_run(keeper=cast.office, user=cast.chi, text=text)
        Document.objects.filter(pk=run.rendition.document_id).update(
            title=title(at), issuer=cast.ho_sen
        )


def weight_of(visit: Visit, path: str) -> int:
    """Return how many bytes of a page go over the wire, once it is known to be whole."""
    packed = visit.client.get(path, headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert gzip.decompress(packed.content).count(b"<tr>") == PAGE + 1
    return len(packed.content)


def test_a_full_page_of_the_register_stays_under_its_budget(cast: Cast) -> None:
    fill_a_page(cast)
    visit = Visit(cast.chi)

    assert weight_of(visit, "/documents/") <= LATER_PAGE
    assert weight_of(visit, "/documents/?year=2024&narrow=1") <= LATER_PAGE


def test_a_page_is_compressed_for_those_alone_who_say_that_they_take_it_so(cast: Cast) -> None:
    visit = Visit(cast.chi)

    plain = visit.look("/documents/")
    packed = visit.client.get("/documents/", headers={"accept-encoding": "br, gzip"})

    assert "Content-Encoding" not in plain.headers
    assert (
        "Accept-Encoding" in plain.headers["Vary"] and "Accept-Encoding" in packed.headers["Vary"]
    )
    assert _without_keys(gzip.decompress(packed.content).decode()) == _without_keys(text_of(plain))
    assert len(packed.content) < len(plain.content) / 2


def test_a_file_goes_out_just_as_it_came_in(cast: Cast) -> None:
    visit = Visit(cast.chi)
    text = TEXT + "Nội dung như nhau.\n" * 200
    run = make_run(keeper=cast.office, user=cast.chi, text=text)
    path = f"/documents/{run.rendition.document.uid}/original/"

    answer = visit.client.get(path, headers={"accept-encoding": "gzip"})

    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
    assert answer.content == text.encode()


def _without_keys(page: str) -> str:
    return re.sub(r'(name="(?:csrfmiddlewaretoken|client_key)" value=)"[^"]*"', r"\1", page)
