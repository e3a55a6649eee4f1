"""What the command line says of sheets of duties, in Vietnamese and English."""

DUTY_SHEETS: dict[str, tuple[str, str]] = {
    "duties.as_whom": (
        "Nhiệm vụ được nhập nhân danh một người: thêm --as TÊN_ĐĂNG_NHẬP.",
        "Duties come in somebody's name: add --as SIGN_IN_NAME.",
    ),
    "duties.no_user": (
        "Không có tài khoản đang mở mang tên đăng nhập “{who}”.",
        "No open account has the sign-in name “{who}”.",
    ),
    "duties.not_allowed": (
        "“{who}” không được giao nhiệm vụ hoặc không được đọc văn bản đó.",
        "“{who}” may not assign these duties, or may not read that document.",
    ),
    "duties.no_document": (
        "“{number}” không có trong các văn bản mà tài khoản này được đọc.",
        "“{number}” is not among the documents that this account may read.",
    ),
    "duties.several": (
        "Nhiều văn bản mang số “{number}”.",
        "Several documents bear the number “{number}”.",
    ),
    "duties.no_text": (
        "Chưa có bản văn nào của “{number}”. Hãy nộp tệp văn bản trước.",
        "No text of “{number}” is held yet. Add its file first.",
    ),
    "duties.secret": (
        "Bảng mang dấu bí mật nhà nước. Không nhận và không lưu.",
        "The sheet bears the mark of a State secret. It is not taken in and was not kept.",
    ),
    "duties.meanwhile": (
        "Chưa ghi gì: có người vừa thay đổi một nhiệm vụ trong bảng. Hãy chạy lại.",
        "Nothing was written: somebody has just changed a duty of the sheet. Run it again.",
    ),
    "duties.tried": (
        "Xem trước, chưa ghi gì: {new} dòng mới, {amended} thay đổi, {unchanged} đã có, "
        "{refused} chưa nhận được. Thêm --yes để ghi.",
        "Looked at, nothing written: {new} new, {amended} changed, {unchanged} there already, "
        "{refused} refused. Add --yes to write them.",
    ),
    "duties.imported": (
        "Đã nhận {new} dự thảo mới, thay đổi {amended}; {unchanged} đã có, {refused} chưa nhận.",
        "{new} new drafts taken over, {amended} changed; {unchanged} there already, "
        "{refused} refused.",
    ),
}
