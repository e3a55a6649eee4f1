"""The name of a task repeats neither its unit nor its day, and never says too little."""

import pytest

from lotrinh.web.presenters.titles import name_of


@pytest.mark.parametrize(
    ("words", "lead", "others", "due", "name"),
    [
        (
            "Giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ, Sở Tài chính xây dựng Đề án nâng cao "
            "năng lực trạm y tế, hoàn thành chậm nhất ngày 05/9/2024",
            ["Sở Y tế"],
            ["Sở Nội vụ", "Sở Tài chính"],
            "ngày 05/9/2024",
            "xây dựng Đề án nâng cao năng lực trạm y tế",
        ),
        (
            "UBND quận Hồ Sen lập hồ sơ sức khỏe điện tử, hoàn thành trong tháng 11/2024",
            ["UBND quận Hồ Sen"],
            [],
            "tháng 11/2024",
            "lập hồ sơ sức khỏe điện tử",
        ),
        (
            "The Department of Health shall draw up a plan for ponds by 30 September 2024",
            ["Department of Health"],
            [],
            "30 September 2024",
            "draw up a plan for ponds",
        ),
        (
            "UBND quận Hồ Sen và UBND huyện Đồng Gạo báo cáo trước ngày 25/9/2024",
            ["UBND quận Hồ Sen", "UBND huyện Đồng Gạo"],
            [],
            "ngày 25/9/2024",
            "UBND quận Hồ Sen và UBND huyện Đồng Gạo báo cáo",
        ),
        (
            "Các chi bộ, đảng bộ trực thuộc nghiêm túc thực hiện Thông báo này",
            ["Các chi bộ"],
            [],
            "",
            "Các chi bộ, đảng bộ trực thuộc nghiêm túc thực hiện Thông báo này",
        ),
        (
            "Sở Y tế báo cáo trước ngày 1/9/2024",
            ["Sở Y tế"],
            [],
            "ngày 1/9/2024",
            "Sở Y tế báo cáo trước ngày 1/9/2024",
        ),
        ("Rà soát các quy định về hồ nước", [], [], "", "Rà soát các quy định về hồ nước"),
    ],
)
def test_what_is_to_be_done(
    words: str, lead: list[str], others: list[str], due: str, name: str
) -> None:
    assert name_of(words, lead=lead, others=others, due=due) == name
