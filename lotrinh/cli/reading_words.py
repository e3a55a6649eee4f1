"""What ``lotrinh read`` and ``lotrinh compare`` say, in Vietnamese and English."""

from pathlib import Path

from lotrinh.cli.language import is_english
from lotrinh.reading import Note
from lotrinh.reading.readers import Unreadable

_WORDS: dict[str, tuple[str, str]] = {
    "no_path": (
        "Chưa nêu tệp hoặc thư mục cần đọc: lotrinh read VĂN-BẢN.docx",
        "No file or folder was named: lotrinh read DOCUMENT.docx",
    ),
    "reading": ("Đang đọc", "Reading"),
    "progress": ("Đã đọc {count}/{total} tệp", "{count} of {total} files read"),
    "ended": ("Đọc được {read} tệp, bỏ qua {failed} tệp.", "{read} files read, {failed} refused."),
    "skipped": (
        "Không đọc các tệp loại: {kinds}.",
        "Files of these types were not read: {kinds}.",
    ),
    "folder_empty": (
        "{path}: thư mục không có văn bản nào đọc được. Kiểm tra lại đường dẫn.",
        "{path}: the folder holds no document that can be read. Check the path.",
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
        "{path}: không đọc được loại tệp này. Lưu thành .docx, .xlsx, .pdf, .html hoặc .txt "
        "rồi thử lại.",
        "{path}: files of this type cannot be read. Save it as .docx, .xlsx, .pdf, .html or .txt.",
    ),
    "encoding": (
        "{path}: bảng mã không phải UTF-8 hay UTF-16 (byte thứ {offset}). Lưu lại tệp với bảng mã "
        "UTF-8.",
        "{path}: the encoding is neither UTF-8 nor UTF-16 (byte {offset}). "
        "Save the file again as UTF-8.",
    ),
    "sheet.encoding": (
        "{path}: không rõ bảng mã, từ byte thứ {offset}. Trong Excel chọn “Lưu thành” rồi "
        "“CSV UTF-8”, hoặc lưu thành .xlsx.",
        "{path}: its letters cannot be told, from byte {offset} on. In Excel choose “Save as”, "
        "then “CSV UTF-8”, or save it as .xlsx.",
    ),
    "sheet.type": (
        "{path}: không đọc được loại tệp này. Lưu bảng thành .xlsx hoặc .csv.",
        "{path}: files of this type cannot be read. Save the sheet as .xlsx or .csv.",
    ),
    "sheet.quotes": (
        "{path}: dấu ngoặc kép ở dòng {row} không đi thành cặp. Viết hai dấu cho mỗi dấu thuộc nội "
        "dung ô, hoặc lưu thành .xlsx.",
        "{path}: the quotation marks in row {row} are not in pairs. Write two for each one that "
        "belongs to a cell, or save the sheet as .xlsx.",
    ),
    "binary": (
        "{path}: nội dung không phải văn bản. Nêu một tệp văn bản thuần (.txt).",
        "{path}: the content is not text. Name a plain text file (.txt).",
    ),
    "empty": (
        "{path}: tệp trống. Kiểm tra lại tệp đã lưu.",
        "{path}: the file is empty. Check what was saved.",
    ),
    "damaged": (
        "{path}: tệp hỏng hoặc bị cắt cụt ({part}). Lấy lại bản gốc, mở ra rồi lưu lại.",
        "{path}: the file is broken or cut off ({part}). Get the original, open it and save again.",
    ),
    "encrypted": (
        "{path}: tệp có mật khẩu. Gỡ mật khẩu rồi thử lại.",
        "{path}: the file is locked with a password. Remove the password and try again.",
    ),
    "bomb.entries": (
        "{path}: tệp nén chứa {found} mục, nhiều hơn mức {limit} cho phép. Không mở tệp này; "
        "lấy lại bản gốc.",
        "{path}: the archive holds {found} parts, more than {limit}. It is not opened; "
        "get the original.",
    ),
    "bomb.unpacked": (
        "{path}: khi giải nén tệp chiếm {found} byte, quá mức {limit} cho phép. Không mở tệp này; "
        "lấy lại bản gốc.",
        "{path}: unpacked it would fill {found} bytes, more than {limit}. It is not opened; "
        "get the original.",
    ),
    "bomb.ratio": (
        "{path}: một phần của tệp nén gấp {found} lần, quá mức {limit} (dấu hiệu bom nén). "
        "Không mở tệp này; lấy lại bản gốc.",
        "{path}: a part is packed {found} times, more than {limit} (a zip bomb). "
        "It is not opened; get the original.",
    ),
    "bomb.depth": (
        "{path}: trong tệp nén còn nhiều lớp tệp nén khác ({found}, quá mức {limit}). Không mở tệp "
        "này; lưu lại mà bỏ các tệp nhúng.",
        "{path}: there are archives inside archives ({found} deep, more than {limit}). It is not "
        "opened; save it without what is embedded in it.",
    ),
    "macros": (
        "{path}: tệp có macro (chương trình). Lưu thành .docx hoặc .xlsx, vốn không chứa macro.",
        "{path}: the file holds macros (programs). Save it as .docx or .xlsx, which hold none.",
    ),
    "declarations": (
        "{path}: phần {part} có khai báo DTD, văn bản thường không có. Mở bằng Word hoặc Excel "
        "rồi lưu lại.",
        "{path}: {part} declares a document type, which no document needs. "
        "Open it in Word or Excel and save it again.",
    ),
    "too_large.rows": (
        "{path}: bảng tính có {found} dòng, quá mức {limit}. Tách thành nhiều tệp.",
        "{path}: a sheet has {found} rows, more than {limit}. Split the file.",
    ),
    "too_large.cells": (
        "{path}: bảng có {found} ô, quá mức {limit}. Xóa dòng, cột trống hoặc tách thành nhiều "
        "tệp.",
        "{path}: the tables have {found} cells, more than {limit}. "
        "Delete empty rows and columns or split the file.",
    ),
    "too_large.columns": (
        "{path}: bảng có {found} cột, quá mức {limit}. Xóa các cột không dùng.",
        "{path}: the sheet has {found} columns, more than {limit}. Delete those that are not used.",
    ),
    "far_cell": (
        "{path}: ô {cell} có nội dung ở rất xa bảng. Xóa nội dung ở đó, lưu lại rồi thử lại.",
        "{path}: the cell {cell} holds something far away from the table. Delete what stands there "
        "and save the file again.",
    ),
    "too_large.pages": (
        "{path}: tệp có {found} trang, quá mức {limit}. Tách thành nhiều tệp.",
        "{path}: the file has {found} pages, more than {limit}. Split the file.",
    ),
    "too_large.bytes": (
        "{path}: tệp dài {found} byte, quá mức {limit}. Tách thành nhiều tệp.",
        "{path}: the file has {found} bytes, more than {limit}. Split the file.",
    ),
    "too_large.characters": (
        "{path}: văn bản dài {found} ký tự, quá mức {limit}. Tách thành nhiều tệp.",
        "{path}: the text has {found} characters, more than {limit}. Split the file.",
    ),
    "special": (
        "{path}: đây không phải là tệp thường (ống dẫn, thiết bị). Nêu một tệp đã lưu trên đĩa.",
        "{path}: this is no regular file but a pipe or a device. Name a file on the disk.",
    ),
    "fault": (
        "{path}: không đọc được do lỗi của chương trình ({error}); xin báo lại lỗi này.",
        "{path}: could not be read: a fault of the program ({error}); report it.",
    ),
    "needs_ocr": (
        "{path}: cả {pages} trang chỉ là ảnh. Dùng --ocr, hoặc xin tệp Word hay PDF có chữ.",
        "{path}: all {pages} pages are pictures. Use --ocr, or ask for a Word file or a PDF "
        "with text.",
    ),
    "no_ocr": (
        "Máy chưa có tesseract với dữ liệu tiếng Việt. Cài gói tesseract-ocr-vie rồi thử lại.",
        "tesseract with its Vietnamese data is not on this machine. "
        "Install the package tesseract-ocr-vie.",
    ),
    "legacy_encoding": (
        "{path}: chữ có vẻ theo bảng mã cũ {encoding} nhưng không chắc để chuyển (\u201c{example}"
        "\u201d). Chuyển sang Unicode bằng Unikey rồi lưu lại.",
        "{path}: the letters seem to be in the old encoding {encoding}, but not surely enough to "
        "convert (\u201c{example}\u201d). Convert it to Unicode, for example with Unikey.",
    ),
    "damaged_text": (
        "{path}: {share}% số từ có chữ cái lạ (dòng {line}: \u201c{example}\u201d), không thể đọc "
        "chắc chắn. Xin lại tệp gốc có chữ đúng.",
        "{path}: {share}% of the words hold foreign letters (line {line}: \u201c{example}\u201d) "
        "and cannot be relied on. Ask for the original file.",
    ),
    "slow": (
        "{path}: đọc quá {seconds} giây chưa xong nên đã dừng. Tách thành nhiều tệp.",
        "{path}: reading was stopped after {seconds} seconds. Split the file.",
    ),
    "too_heavy": (
        "{path}: tệp cần quá nhiều bộ nhớ hoặc làm hỏng trình đọc. Mở ra rồi lưu lại, hoặc tách "
        "thành nhiều tệp.",
        "{path}: the file needs too much memory or broke its reader. Open it and save it again, "
        "or split it.",
    ),
    "note.pages_without_text": (
        "{path}: trang {pages} chỉ là ảnh, chưa được đọc. Dùng --ocr để nhận dạng.",
        "{path}: pages {pages} are pictures and were not read. Use --ocr to read them.",
    ),
    "note.read_by_ocr": (
        "{path}: có trang được nhận dạng từ ảnh. Phải đối chiếu mọi thông tin với bản gốc.",
        "{path}: pages were read from pictures. Check every finding against the original.",
    ),
    "note.converted": (
        "{path}: chữ đã được chuyển từ bảng mã {encoding} sang Unicode.",
        "{path}: the letters were converted from {encoding} to Unicode.",
    ),
    "note.hidden_sheets": (
        "{path}: không đọc các trang tính ẩn: {sheets}.",
        "{path}: hidden sheets were not read: {sheets}.",
    ),
    "note.large_pictures": (
        "{path}: có {count} ảnh lớn từ nửa trang trở lên, chưa được đọc.",
        "{path}: {count} pictures of half a page or more were not read.",
    ),
    "note.has_script": (
        "{path}: tệp gốc có mã lệnh; chỉ phần chữ được đọc.",
        "{path}: the original holds a script; only its text was read.",
    ),
    "note.has_launch": (
        "{path}: tệp gốc có lệnh mở chương trình hoặc gửi dữ liệu; chỉ phần chữ được đọc.",
        "{path}: the original may start programs or send data; only its text was read.",
    ),
    "note.has_attachment": (
        "{path}: tệp gốc có tệp khác đính kèm; chỉ phần chữ của chính nó được đọc.",
        "{path}: other files are attached to the original; only its own text was read.",
    ),
    "note.shortened": (
        "{path}: chỉ đọc đến giới hạn {limit}.",
        "{path}: read only up to the limit of {limit}.",
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
    "difference.citation.one_side": (
        "Số văn bản chỉ có ở một bên",
        "Number of a document on one side only",
    ),
    "difference.event.one_side": ("Sự kiện chỉ có ở một bên", "Event on one side only"),
    "difference.ratio.one_side": ("Tỷ lệ chỉ có ở một bên", "Ratio on one side only"),
    "difference.quantity.one_side": ("Số liệu chỉ có ở một bên", "Quantity on one side only"),
    "difference.date.one_side": ("Ngày tháng chỉ có ở một bên", "Date on one side only"),
    "difference.person.one_side": ("Tên người chỉ có ở một bên", "Person on one side only"),
    "difference.unit.place": ("Chức vụ ở hai nơi khác nhau", "A post in two places"),
    "difference.citation.date": ("Ngày ban hành khác nhau", "Days of issue differ"),
    "difference.citation.title": ("Tên văn bản khác nhau", "Titles differ"),
    "difference.header.number": ("Số của hai văn bản khác nhau", "Their own numbers differ"),
    "difference.header.issued": ("Ngày ban hành của hai văn bản khác nhau", "Their days differ"),
    "difference.header.issuer": ("Cơ quan ban hành khác nhau", "Their issuers differ"),
    "difference.words": ("Câu chữ khác nhau", "Wording differs"),
    "secret": (
        "{path}: văn bản có dấu {mark}. Chỉ xử lý trên máy dành riêng theo quy định về bí mật "
        "nhà nước; không tải lên hệ thống.",
        "{path}: the text bears the mark {mark}. Handle it only on a machine set apart by the "
        "rules on State secrets; do not upload it.",
    ),
    "own": (
        "A có {own}/{counted} câu của riêng mình (bỏ qua {framed} câu khuôn mẫu)",
        "A has {own} of {counted} sentences of its own ({framed} of the fixed frame left out)",
    ),
    "copied": (
        "Giống {percent}% (không tính con số và tên)",
        "{percent}% alike (numbers and names left out)",
    ),
    "own.deadlines": ("Thời hạn chỉ A nêu", "Deadlines that only A states"),
    "own.bodies": ("Đơn vị, người chỉ A nêu", "Bodies and people that only A names"),
    "own.numbers": ("Con số chỉ A nêu", "Numbers that only A states"),
    "none": ("không có", "none"),
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


def refusal(refused: Unreadable, path: Path) -> str:
    """Return why a file was not read, and the cure."""
    code = f"{refused.code}.{refused.data['what']}" if "what" in refused.data else refused.code
    return sentence(code, path=path, **refused.data)


def sheet_refusal(refused: Unreadable, path: Path) -> str:
    """Return why a file with a sheet was not read, and what to save instead."""
    part = str(refused.data.get("part", ""))
    if part.startswith("csv:"):
        return sentence("sheet.quotes", path=path, row=part.removeprefix("csv:"))
    if f"sheet.{refused.code}" in _WORDS:
        return sentence(f"sheet.{refused.code}", path=path, **refused.data)
    return refusal(refused, path)


def notice(note: Note, path: Path) -> str:
    """Return what the reader of a file must be told."""
    return sentence(f"note.{note.code}", path=path, **note.data)
