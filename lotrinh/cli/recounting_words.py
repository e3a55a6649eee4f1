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
    "recount.unknown": (
        "“{what}” không phải duties, figures hay mã của một lần chốt báo cáo.",
        "“{what}” is neither duties nor figures nor the uid of an edition.",
    ),
    "recount.edition_missing": (
        "Không có lần chốt báo cáo nào mang mã {uid}.",
        "There is no edition with the uid {uid}.",
    ),
    "recount.edition_holds": (
        "Lần chốt {edition}: {numbers} số, từ {figures} số liệu gốc, tính lại đều đúng; các tệp "
        "còn nguyên. {restated} số liệu gốc đã được đính chính về sau.",
        "Edition {edition}: {numbers} numbers, made of {figures} figures, all counted as printed; "
        "its files are whole. {restated} of its figures were corrected since.",
    ),
    "recount.edition_broken": (
        "Lần chốt {edition} không còn như khi chốt: {what}.",
        "Edition {edition} is not what was frozen: {what}.",
    ),
    "recount.edition_number": (
        "Số {n}: đã chốt {frozen}, tính lại được {counted}.",
        "Number {n}: frozen {frozen}, counted {counted}.",
    ),
    "recount.edition_stranger": (
        "Số liệu {uid} không có trong sổ như lần chốt ghi.",
        "Figure {uid} is not in the ledger as the edition has it.",
    ),
}
