"""What the command line says of letters of reminders, in Vietnamese and English."""

REMINDING: dict[str, tuple[str, str]] = {
    "remind.unit": ("{unit}: {count} thư ({names})", "{unit}: {count} letters ({names})"),
    "remind.unit_silent": (
        "{unit}: {count} người chưa có địa chỉ thư ({names})",
        "{unit}: {count} without an e-mail address ({names})",
    ),
    "remind.no_unit": ("Không giữ chức vụ nào", "Without a post"),
    "remind.counted": (
        "{letters} thư nhắc việc sẽ được gửi; {silent} người chưa có địa chỉ, thông báo của họ vẫn "
        "nằm trên trang Thông báo.",
        "{letters} letters of reminders would go out; {silent} people have no address, their "
        "notices stay on the page Notices.",
    ),
    "remind.ask": ("Gửi {letters} thư ngay bây giờ?", "Send {letters} letters now?"),
    "remind.sent": (
        "Đã gửi {sent} thư; {waiting} thư còn chờ và sẽ được gửi lại.",
        "{sent} letters sent; {waiting} still wait and are tried again.",
    ),
    "remind.quiet": (
        "Bây giờ là giờ yên tĩnh hoặc ngày nghỉ: có thể gửi từ {opens}.",
        "These are quiet hours or a day off: letters can go out from {opens}.",
    ),
    "remind.no_server": (
        "Chưa đặt máy chủ thư: đặt LOTRINH_MAIL và LOTRINH_ADDRESS.",
        "No mail server is set: set LOTRINH_MAIL and LOTRINH_ADDRESS.",
    ),
    "doctor.letters": (
        "{count} thư nhắc việc chưa gửi được và còn chờ: xem lại LOTRINH_MAIL và máy chủ thư.",
        "{count} letters of reminders could not be sent and wait: check LOTRINH_MAIL and the mail "
        "server.",
    ),
}
