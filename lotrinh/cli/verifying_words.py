"""What the command line says of the sealed journal, in Vietnamese and English."""

VERIFYING: dict[str, tuple[str, str]] = {
    "verify.whole": (
        "Nhật ký nguyên vẹn: đã kiểm tra {entries} mục và {seals} dấu niêm phong.",
        "The journal is whole: {entries} entries and {seals} seals were checked.",
    ),
    "verify.no_seals": (
        "Nhật ký có {entries} mục, chưa mục nào được niêm phong; tiến trình nền sẽ niêm phong.",
        "The journal has {entries} entries and no seal yet; a worker makes them.",
    ),
    "verify.tampered": (
        "Nhật ký không còn đúng như khi niêm phong: {count} điểm sai lệch.",
        "The journal is not what was sealed: {count} findings.",
    ),
    "verify.unsealed": (
        "{count} mục mới chưa niêm phong.",
        "{count} new entries are not sealed yet.",
    ),
    "verify.last": (
        "Dấu niêm phong cuối: số {number}, {head}",
        "Last seal: number {number}, {head}",
    ),
    "verify.signed": ("Đã ký đến hết ngày {day}.", "Signed up to the end of {day}."),
    "verify.key": ("Khóa công khai: {key}", "Public key: {key}"),
    "verify.exported": ("Đã ghi {count} dòng vào {path}.", "{count} lines written to {path}."),
    "verify.no_key": (
        "“{given}” không phải là khóa công khai: cần 64 chữ số thập lục phân (0-9, a-f).",
        "“{given}” is no public key: write 64 hexadecimal digits (0-9, a-f).",
    ),
    "verify.no_proof": (
        "Không có mục {entry}, hoặc mục chưa được niêm phong.",
        "There is no entry {entry}, or it is not sealed yet.",
    ),
    "verify.unreadable": (
        "Không đọc hoặc ghi được: {error}",
        "Cannot be read or written: {error}",
    ),
    "verify.entry_changed": (
        "Mục {place}: nội dung không khớp với mã băm đã ghi.",
        "Entry {place}: what it says does not fit its hash.",
    ),
    "verify.column_changed": (
        "Mục {place}: các cột tra cứu nói khác với nội dung.",
        "Entry {place}: its columns say something else than its payload.",
    ),
    "verify.batch_changed": (
        "Dấu niêm phong {place}: các mục của nó đã bị sửa, thêm, bớt hoặc đổi chỗ.",
        "Seal {place}: its entries were changed, added, removed or moved.",
    ),
    "verify.seal_changed": (
        "Dấu niêm phong {place}: nội dung của dấu đã bị sửa.",
        "Seal {place}: what it says was changed.",
    ),
    "verify.chain_broken": (
        "Dấu niêm phong {place}: không nối tiếp dấu trước nó.",
        "Seal {place}: it does not follow the one before.",
    ),
    "verify.seal_missing": (
        "Dấu niêm phong {place}: đã ký hoặc đã giữ ở nơi khác, nay không còn như vậy.",
        "Seal {place}: it was signed or held elsewhere and is not there like that any more.",
    ),
    "verify.signature_false": (
        "Chữ ký của ngày {place}: không đúng.",
        "Signature of {place}: false.",
    ),
    "verify.key_unknown": (
        "Chữ ký của ngày {place}: bằng khóa lạ; nếu trước đây dùng khóa khác, thêm --key.",
        "Signature of {place}: by an unknown key; if another was used before, add --key.",
    ),
    "verify.signature_missing": (
        "Chữ ký của ngày {place}: đã giữ ở nơi khác, nay không còn như vậy.",
        "Signature of {place}: it was held elsewhere and is not there like that any more.",
    ),
    "doctor.unsealed": (
        "{count} mục nhật ký chờ niêm phong đã quá năm phút: kiểm tra tiến trình nền "
        "(`lotrinh worker`).",
        "{count} entries of the journal have waited for a seal for over five minutes: see whether "
        "a worker runs (`lotrinh worker`).",
    ),
}
