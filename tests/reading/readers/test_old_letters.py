"""Letters from before Unicode: turned into modern ones where it is sure, refused where not."""

import pytest

from lotrinh.reading.readers.old_letters import from_font, from_tcvn3, from_vni
from tests.reading.readers.samples import read, refused

_SHOWN = (
    "Căn cứ Luật Tổ chức chính quyền địa phương, Ủy ban nhân dân xã Lam Khê ban hành kế hoạch "
    "trồng cây, giao Phòng Kinh tế chủ trì, phối hợp với các đơn vị hoàn thành trước ngày 15/6."
)
_TCVN3 = (
    "C¨n cø LuËt Tæ chøc chÝnh quyÒn ®Þa ph\u00ad¬ng, ñy ban nh©n d©n x· Lam Khª ban hµnh "
    "kÕ ho¹ch trång c©y, giao Phßng Kinh tÕ chñ tr×, phèi hîp víi c¸c ®¬n vÞ hoµn thµnh "
    "tr\u00adíc ngµy 15/6."
)
_VNI = (
    "Caên cöù Luaät Toå chöùc chính quyeàn ñòa phöông, UÛy ban nhaân daân xaõ Lam Kheâ ban haønh "
    "keá hoaïch troàng caây, giao Phoøng Kinh teá chuû trì, phoái hôïp vôùi caùc ñôn vò hoaøn "
    "thaønh tröôùc ngaøy 15/6."
)


def _converted(data: bytes) -> tuple[str, str]:
    paper = read(data, "a.txt")
    (note,) = paper.notes
    assert note.code == "converted"
    return paper.text, str(note.data["encoding"])


def test_tcvn3() -> None:
    expected = _SHOWN.replace("Ủy", "ủy")  # its capitals with tones are small letters
    assert _converted(_TCVN3.encode("latin-1")) == (expected, "TCVN3 (ABC)")
    assert _converted(_TCVN3.encode()) == (expected, "TCVN3 (ABC)")


def test_vni() -> None:
    assert _converted(_VNI.encode("cp1252")) == (_SHOWN, "VNI")
    assert _converted(_VNI.encode()) == (_SHOWN, "VNI")


def test_windows_1258() -> None:
    tones = {"ứ": "ư\u0301", "ậ": "â\u0323", "ổ": "ô\u0309", "ề": "ê\u0300", "ị": "i\u0323"}
    written = "cứ Luật Tổ chức chính quyền địa bàn đổi, cứ Luật Tổ chức quyền địa vị"
    spelled = "".join(tones.get(letter, letter) for letter in written).replace("í", "i\u0301")
    assert _converted(spelled.encode("cp1258")) == (written, "Windows-1258")


def test_curly_quotes_of_an_english_text() -> None:
    text = "The “Plan” – the city’s goal"
    assert _converted(text.encode("cp1252")) == (text, "Windows-1252")


def test_only_old_lines_of_a_mixed_text_change() -> None:
    text, _ = _converted(f"Ủy ban nhân dân xã «Lam Khê»\n{_VNI}\n".encode())
    assert text == f"Ủy ban nhân dân xã «Lam Khê»\n{_SHOWN}\n"


@pytest.mark.parametrize(
    "text",
    [
        "Le café présenté à la société générale évoque déjà une procédure où les élèves âgés. " * 2,
        "Die Behörde für Umwelt prüft über größere Flächen, öffentliche Räume, Städte, Häuser.",
    ],
)
def test_other_languages_stay_as_they_are(text: str) -> None:
    assert (read(text.encode(), "a.txt").text, read(text.encode(), "a.txt").notes) == (text, ())


def test_too_few_words_prove_nothing() -> None:
    assert (
        refused("Kế".encode("cp1258", "ignore") + b" ho\xb9ch s\xe8 5", "a.txt").code == "encoding"
    )


def test_an_unsure_encoding_is_refused_with_an_example() -> None:
    broken = _TCVN3.replace("©", "x©x").replace("µ", "µw")
    refusal = refused(broken.encode(), "a.txt")
    assert (refusal.code, refusal.data) == (
        "legacy_encoding",
        {"encoding": "TCVN3 (ABC)", "example": "C¨n"},
    )


@pytest.mark.parametrize(
    ("font", "text", "shown"),
    [
        (".VnTime", "kÕ ho¹ch", "kế hoạch"),
        (".VnTimeH", "kÕ ho¹ch", "KẾ HOẠCH"),
        ("VNI-Times", "KEÁ HOAÏCH", "KẾ HOẠCH"),
        (".VnTime", "kế hoạch", "kế hoạch"),
        ("Times New Roman", "ho¹ch", "ho¹ch"),
    ],
)
def test_the_font_tells(font: str, text: str, shown: str) -> None:
    assert from_font(font, text)[0] == shown


def test_every_vowel_of_vni() -> None:
    assert from_vni("aù aø aû aõ aï aâ aá aà aå aã aä aê aé aè aú aü aë") == (
        "á à ả ã ạ â ấ ầ ẩ ẫ ậ ă ắ ằ ẳ ẵ ặ"
    )
    assert from_vni("ô ôù ôø ôû ôõ ôï ö öù öø öû öõ öï í ì æ ó ò yù yø yû yõ î ñ Ñ") == (
        "ơ ớ ờ ở ỡ ợ ư ứ ừ ử ữ ự í ì ỉ ĩ ị ý ỳ ỷ ỹ ỵ đ Đ"
    )


def test_words_in_capitals_of_tcvn3() -> None:
    assert from_tcvn3("UBND THµNH PHè Hµ NéI") == "UBND THÀNH PHỐ HÀ NỘI"
    assert from_tcvn3("THµNH PHè Hå Sen, Hµ Néi, ®Þnh") == "THÀNH PHỐ Hồ Sen, Hà Nội, định"
