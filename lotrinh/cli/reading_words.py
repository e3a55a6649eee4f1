"""What ``lotrinh read`` and ``lotrinh compare`` say, in Vietnamese and English."""

from lotrinh.cli.language import is_english

_WORDS: dict[str, tuple[str, str]] = {
    "no_path": (
        "Chưa nêu tệp cần đọc: lotrinh read VĂN-BẢN.txt",
        "No file was named: lotrinh read DOCUMENT.txt",
    ),
    "missing": (
        "{path}: không có tệp này. Kiểm tra lại đường dẫn.",
        "{path}: there is no such file. Check the path.",
    ),
    "folder": (
        "{path}: đây là thư mục. Nêu từng tệp trong thư mục.",
        "{path}: this is a folder. Name the files in it.",
    ),
    "denied": (
        "{path}: không mở được tệp. Kiểm tra quyền đọc.",
        "{path}: the file cannot be opened. Check that you may read it.",
    ),
    "type": (
        "{path}: chưa đọc được loại tệp này. Lưu thành văn bản thuần (.txt, UTF-8) rồi thử lại.",
        "{path}: files of this type cannot be read yet. Save it as plain text (.txt, UTF-8).",
    ),
    "encoding": (
        "{path}: bảng mã không phải UTF-8 hay UTF-16. Lưu lại tệp với bảng mã UTF-8.",
        "{path}: the encoding is neither UTF-8 nor UTF-16. Save the file again as UTF-8.",
    ),
    "binary": (
        "{path}: nội dung không phải văn bản. Nêu một tệp văn bản thuần (.txt).",
        "{path}: the content is not text. Name a plain text file (.txt).",
    ),
    "empty": (
        "{path}: tệp trống. Kiểm tra lại tệp đã lưu.",
        "{path}: the file is empty. Check what was saved.",
    ),
    "facts": ("{count} thông tin", "{count} facts"),
    "shared": ("{count} thông tin chung", "{count} facts shared"),
    "column.place": ("Vị trí", "Place"),
    "column.passage": ("Trích đoạn", "Passage"),
    "column.says": ("Nội dung", "Says"),
    "kind.citation": ("Văn bản viện dẫn", "Citations"),
    "kind.date": ("Thời gian", "Dates"),
    "kind.target": ("Chỉ tiêu", "Targets"),
    "kind.result": ("Kết quả", "Results"),
    "kind.task": ("Nhiệm vụ", "Tasks"),
    "kind.unit": ("Cơ quan, đơn vị", "Units"),
    "kind.person": ("Người", "People"),
    "kind.event": ("Hội nghị, sự kiện", "Events"),
    "kind.relation": ("Quan hệ giữa các văn bản", "Relations"),
    "verdict.same": ("Cùng một văn bản", "The same document"),
    "verdict.part": ("Văn bản này là một phần của văn bản kia", "One is a part of the other"),
    "verdict.different": ("Hai văn bản khác nhau", "Different documents"),
    "verdict.unsure": (
        "Chưa đủ căn cứ kết luận, cần người xem lại",
        "Not certain: a person should look",
    ),
}


def sentence(code: str, **data: object) -> str:
    """Return the words of ``code`` in the reader's language."""
    vietnamese, english = _WORDS[code]
    return (english if is_english() else vietnamese).format(**data)
