"""What the command line says of numbers that are counted anew, in Vietnamese and English."""

RECOUNTING: dict[str, tuple[str, str]] = {
    "recount.wrong": (
        "{unit}, bên giao {owed_to}: {missing}",
        "{unit}, owed to {owed_to}: {missing}",
    ),
    "recount.right": (
        "Số đếm lưu sẵn của bảng theo dõi khớp với kết quả đếm lại từng việc.",
        "What the board adds up is what counting every duty anew finds.",
    ),
    "recount.found": (
        "Số đếm lưu sẵn của {count} cặp đơn vị không khớp; sửa bằng `lotrinh recount duties "
        "--repair`.",
        "The kept numbers of {count} pairs of units are wrong; put them right by `lotrinh recount "
        "duties --repair`.",
    ),
    "recount.repaired": (
        "Đã sửa số đếm lưu sẵn của {count} cặp đơn vị.",
        "The kept numbers of {count} pairs of units were put right.",
    ),
}
