"""What the command line says of the stream of a conference, in Vietnamese and English."""

STREAMING: dict[str, tuple[str, str]] = {
    "stream.not_installed": (
        "Máy này còn thiếu {missing}. Cài đặt trên Debian: apt install {packages}",
        "This machine lacks {missing}. Install them, on Debian by: apt install {packages}",
    ),
    "stream.no_uid": (
        "“{given}” không phải là mã hội nghị: chép địa chỉ của trang hội nghị.",
        "“{given}” is no uid of a conference: copy the address of the conference's page.",
    ),
    "stream.unknown": (
        "Không có hội nghị {uid} trong cơ sở dữ liệu này (bản mẫu: LOTRINH_DATABASE=lotrinh_demo).",
        "This database has no conference {uid} (demonstration: LOTRINH_DATABASE=lotrinh_demo).",
    ),
    "stream.no_host": (
        "“{given}” không phải là địa chỉ mạng của máy này: viết như 127.0.0.1 hoặc 0.0.0.0.",
        "“{given}” is no network address of this machine: write it like 127.0.0.1 or 0.0.0.0.",
    ),
    "stream.no_pages": (
        "“{given}” không phải là địa chỉ trang: viết như http://127.0.0.1:8000.",
        "“{given}” is no address of the pages: write it like http://127.0.0.1:8000.",
    ),
    "stream.folder": (
        "Thư mục {folder} phải trống và có đường dẫn chỉ gồm chữ, số, dấu / . + - và dấu cách.",
        "The folder {folder} must be empty, with a path of letters, figures, / . + - and spaces.",
    ),
    "stream.into": (
        "Phát từ điểm cầu chính tới: {address}",
        "Send from the main site to: {address}",
    ),
    "stream.key": ("Khóa phát: {key}", "Key of the stream: {key}"),
    "stream.key_elsewhere": (
        "Khóa phát xem tại trang của đơn vị tổ chức: {page}",
        "The key of the stream stands on the organiser's page: {page}",
    ),
    "stream.behind": (
        "Phát lại từ {first} tại cổng {port}",
        "Handing on what {first} sends, at port {port}",
    ),
    "stream.watched": ("Xem tại: {page}", "Watch at: {page}"),
    "stream.failed": (
        "Không chạy được máy chủ phát: {reason}",
        "The server of the stream does not run: {reason}",
    ),
}
