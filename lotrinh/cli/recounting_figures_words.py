"""What the command line says of totals and their recount, in Vietnamese and English."""

FIGURES: dict[str, tuple[str, str]] = {
    "figures.equal": (
        "{totals} tổng của {sheets} bảng tổng hợp đều khớp với {figures} số liệu đã duyệt.",
        "{totals} totals of {sheets} sheets all equal what {figures} approved figures make.",
    ),
    "figures.wrong": (
        "{differences} chỗ trong {totals} tổng không khớp với {figures} số liệu đã duyệt.",
        "{differences} of {totals} totals are not what {figures} approved figures make.",
    ),
    "figures.differs": (
        "{period} {basis}: đơn vị {unit}, chỉ số {measure}: đang lưu {kept}, tính lại {counted}",
        "{period} {basis}: unit {unit}, measure {measure}: kept {kept}, counted {counted}",
    ),
    "figures.differs_own": (
        "{period} {basis}: đơn vị {unit} tự báo cáo, chỉ số {measure}: đang lưu {kept}, "
        "tính lại {counted}",
        "{period} {basis}: unit {unit} itself, measure {measure}: kept {kept}, counted {counted}",
    ),
    "figures.rebuilt": (
        "Đã lập lại {sheets} bảng tổng hợp từ số liệu gốc.",
        "{sheets} sheets were made anew from the figures.",
    ),
}
