"""What a document does to the numbers that its opening lists."""

from lotrinh.reading import read_text

_HEAD = "PEOPLE'S COMMITTEE\nNo. 09/CT-UBND\nDIRECTIVE\nOn safety\n"


def relations(text: str) -> list[tuple[str, str]]:
    facts = (fact for fact in read_text(text).facts if fact.kind == "relation")
    return [(fact.fields()["target"], fact.fields()["relation"]) for fact in facts]


def test_every_number_of_the_opening_is_carried_out() -> None:
    text = _HEAD + (
        "In furtherance of Decision No. 234/QD-TTg dated February 5, 2016 and Official Dispatch "
        "No. 398/CD-TTg of the Prime Minister, the Chairman hereby requests:"
    )
    assert relations(text) == [("234/QĐ-TTg", "implements"), ("398/CĐ-TTg", "implements")]


def test_a_number_that_is_not_known_in_full_is_related_to_nothing() -> None:
    text = "Nghị quyết số 19-NQ/TW kế thừa kết quả 14 năm thực hiện Nghị quyết 26."
    assert relations(text) == []
