"""What the command line says in Vietnamese and English, as the environment asks."""

from lotrinh.cli.duty_sheet_words import DUTY_SHEETS
from lotrinh.cli.engine_words import VIETNAMESE
from lotrinh.cli.language import is_english
from lotrinh.cli.recounting_figures_words import FIGURES
from lotrinh.cli.recounting_words import RECOUNTING
from lotrinh.cli.reminding_words import REMINDING
from lotrinh.cli.streaming_words import STREAMING
from lotrinh.cli.verifying_words import VERIFYING
from lotrinh.engine import EngineError

WORDS: dict[str, tuple[str, str]] = {
    **FIGURES,
    **RECOUNTING,
    **REMINDING,
    **DUTY_SHEETS,
    **STREAMING,
    **VERIFYING,
    "step.database": ("Cơ sở dữ liệu", "Database"),
    "step.tables": ("Bảng dữ liệu", "Tables"),
    "step.units": ("Đơn vị", "Units"),
    "step.people": ("Người", "People"),
    "step.documents": ("Văn bản", "Documents"),
    "step.decisions": ("Quyết định", "Decisions"),
    "demo.ready": ("Thành phố mẫu đã sẵn sàng", "The demonstration city is ready"),
    "demo.kept": (
        "Thành phố mẫu đã có từ lần trước",
        "The demonstration city is there from the last time",
    ),
    "demo.today": ("Hôm nay (ngày cố định của bản mẫu)", "Today (the demonstration's fixed day)"),
    "demo.units": ("Đơn vị trong cây hôm nay", "Units in the tree today"),
    "demo.people": ("Người có vị trí công tác", "People with posts"),
    "demo.documents": ("Văn bản đã đọc", "Documents read"),
    "demo.texts": (
        "Bản văn của các văn bản đó, kể cả bản dịch",
        "Their texts, translations included",
    ),
    "demo.candidates": ("Đề xuất máy đọc ra", "Candidates found"),
    "demo.undecided": ("Đề xuất còn chờ người xét", "Candidates still to decide"),
    "demo.drafts": ("Nhiệm vụ dự thảo", "Duties in draft"),
    "demo.issued": ("Nhiệm vụ đã giao", "Duties issued"),
    "demo.late": ("Nhiệm vụ quá hạn", "Duties late"),
    "demo.targets": ("Chỉ tiêu", "Targets"),
    "demo.address": ("Địa chỉ", "Address"),
    "demo.roles": ("Chọn vai", "Choose a role"),
    "demo.sign_in": ("Đăng nhập bằng", "Sign in as"),
    "demo.password": ("mật khẩu", "password"),
    "demo.stop": ("Nhấn Ctrl+C để dừng.", "Press Ctrl+C to stop."),
    "demo.embedded_only": (
        "Bản mẫu chỉ dùng cơ sở dữ liệu nhúng: bỏ biến DATABASE_URL rồi chạy lại.",
        "The demonstration uses the embedded database only: unset DATABASE_URL and run it again.",
    ),
    "port.taken": (
        "Cổng {port} đang có chương trình khác dùng; dùng cổng {other}.",
        "Port {port} is taken by another program; using port {other}.",
    ),
    "port.refused": (
        "Cổng {port} đang có chương trình khác dùng: chọn cổng khác bằng --port.",
        "Port {port} is taken by another program: choose another with --port.",
    ),
    "day.refused": (
        "LOTRINH_TODAY={given} không phải là ngày: viết như 2024-08-07.",
        "LOTRINH_TODAY={given} is no day: write it like 2024-08-07.",
    ),
    "assets.missing": (
        "Chưa có tệp giao diện: chạy `make setup`.",
        "The pages' assets are missing: run `make setup`.",
    ),
    "failed": ("Không xong: {error}", "Not done: {error}"),
    "init.done": ("Đã lập hệ thống cho {name}.", "The installation for {name} is set up."),
    "init.name": ("Tên cơ quan", "Name of the authority"),
    "init.admin": ("Tên đăng nhập của cán bộ đầu tiên", "Sign-in name of the first officer"),
    "init.full_name": ("Họ và tên cán bộ đó", "Full name of that officer"),
    "init.password": ("Mật khẩu", "Password"),
    "init.no_day": (
        "“{given}” không phải là ngày: viết như 1/7/2025.",
        "“{given}” is no day: write it like 1/7/2025.",
    ),
    "init.exists": (
        "Hệ thống này đã có đơn vị; không lập lại.",
        "This installation already has units; it is not set up again.",
    ),
    "reread.queued": (
        "Đã đưa {queued} trong {read} bản văn vào hàng đợi để đọc lại theo quy tắc mới hơn.",
        "{queued} of {read} texts are queued to be read again by newer rules.",
    ),
    "reread.counted": (
        "{queued} trong {read} bản văn có thể đọc lại theo quy tắc mới hơn; chưa làm gì.",
        "{queued} of {read} texts can be read again by newer rules; nothing was done.",
    ),
    "reread.unknown": (
        "Không có văn bản nào đã đọc mang số {number}.",
        "No document that was read bears the number {number}.",
    ),
    "unclaimed.listed": (
        "{count} tệp trong kho không thuộc văn bản nào; xóa được {old} tệp cũ hơn một ngày: "
        "`lotrinh unclaimed --remove`.",
        "{count} stored files belong to no document; {old} are older than a day and can be "
        "removed: `lotrinh unclaimed --remove`.",
    ),
    "unclaimed.removed": (
        "Đã xóa {gone} trong {count} tệp không thuộc văn bản nào.",
        "{gone} of {count} files that belong to no document were removed.",
    ),
    "unclaimed.elsewhere": (
        "Tệp nằm ở kho bên ngoài: hãy đối chiếu và xóa bằng công cụ của kho đó.",
        "The files lie in a store elsewhere: compare and remove them with its own tools.",
    ),
    "unclaimed.old": ("cũ hơn một ngày", "older than a day"),
    "unclaimed.young": ("có thể đang được nộp", "may be being handed in"),
    "unclaimed.gone": ("đã xóa", "removed"),
    "doctor.unclaimed": (
        "{count} tệp trong kho không thuộc văn bản nào: `lotrinh unclaimed` liệt kê.",
        "{count} stored files belong to no document: `lotrinh unclaimed` lists them.",
    ),
    "sheet.rows": ("Dòng", "Rows"),
    "sheet.no_head": (
        "{path}: thiếu cột {heads}. Ghi tên cột ở dòng đầu của bảng; `lotrinh export` cho mẫu.",
        "{path}: no column {heads}. Name the columns in the first row; `lotrinh export` shows how.",
    ),
    "sheet.ending": (
        "{path}: tên tệp phải có đuôi .csv hoặc .xlsx.",
        "{path}: the name has to end in .csv or .xlsx.",
    ),
    "sheet.not_written": (
        "{path}: không ghi được ({error}).",
        "{path}: cannot be written ({error}).",
    ),
    "sheet.too_long": (
        "{path}: một đơn vị có nhiều tên khác hơn một ô Excel chứa được. Xuất ra .csv.",
        "{path}: a unit has more other names than a cell of Excel can hold. Export to .csv.",
    ),
    "sheet.passed_over": (
        "Chỉ đọc trang “{name}”, không đọc: {others}.",
        "Only the sheet “{name}” was read, not: {others}.",
    ),
    "sheet.converted": (
        "Chữ đã được chuyển từ bảng mã cũ {encoding}; xem lại vài tên trước khi nhập.",
        "The letters were converted from the old encoding {encoding}; look at some names first.",
    ),
    "sheet.strange": (
        "Cột không được đọc: {heads}.",
        "Columns that were not read: {heads}.",
    ),
    "sheet.exported": ("Đã ghi {count} dòng vào {path}.", "{count} rows written to {path}."),
    "sheet.tried": (
        "Xem trước, chưa ghi gì: {new} dòng mới, {unchanged} đã có, {refused} chưa nhận được.",
        "Looked at, nothing written: {new} new, {unchanged} there already, {refused} refused.",
    ),
    "sheet.imported": (
        "Đã nhận {new} dòng mới; {unchanged} đã có, {refused} chưa nhận.",
        "{new} rows taken over; {unchanged} there already, {refused} refused.",
    ),
    "sheet.not_founded": (
        "Hệ thống này chưa được lập: chạy `lotrinh init` trước, rồi nhập lại.",
        "This installation is not set up: run `lotrinh init` first, then import again.",
    ),
    "doctor.python": ("Python {version}: dùng được.", "Python {version}: fine."),
    "doctor.assets": ("Tệp giao diện: có.", "The pages' assets: there."),
    "doctor.database": (
        "Cơ sở dữ liệu PostgreSQL {version}: nối được.",
        "PostgreSQL {version}: reachable.",
    ),
    "doctor.no_database": (
        "Chưa có cơ sở dữ liệu của hệ thống thật: chạy `lotrinh init`, hoặc xem lại DATABASE_URL.",
        "There is no database of a real installation: run `lotrinh init`, or check DATABASE_URL.",
    ),
    "doctor.tables": ("Bảng dữ liệu: đủ.", "Tables: complete."),
    "doctor.no_tables": (
        "Thiếu {count} bước cập nhật bảng: chạy `lotrinh serve`.",
        "{count} migrations are missing: run `lotrinh serve`.",
    ),
    "doctor.rights": ("Quyền của vai ứng dụng: đúng.", "Rights of the application role: right."),
    "doctor.wrong_rights": (
        "Quyền của vai ứng dụng sai ở: {tables}. Chạy `lotrinh serve` để cấp lại.",
        "The application role's rights are wrong on: {tables}. Run `lotrinh serve` to grant again.",
    ),
    "doctor.no_address": (
        "Chưa đặt địa chỉ của hệ thống: chưa chốt được báo cáo, chưa gửi được thư. Đặt "
        "LOTRINH_ADDRESS, ví dụ https://lotrinh.thanhpho.example.",
        "No address of the pages is set: no report can be frozen and no letter sent. Set "
        "LOTRINH_ADDRESS, such as https://lotrinh.city.example.",
    ),
    "doctor.files": ("Thư mục tệp: ghi được.", "Folder of files: writable."),
    "doctor.no_files": ("Không ghi được vào {folder}.", "{folder} cannot be written."),
    "doctor.files_elsewhere": ("Kho tệp: nối được.", "Store of files: reachable."),
    "doctor.no_files_elsewhere": (
        "Không nối được kho tệp ({error}): xem lại LOTRINH_FILES và các biến AWS_…",
        "The store of files cannot be reached ({error}): check LOTRINH_FILES and the AWS_… "
        "variables.",
    ),
    "doctor.limits": (
        "Tệp lạ được đọc trong tiến trình con có giới hạn: {held}.",
        "Foreign files are read in a child process with limits: {held}.",
    ),
    "doctor.limits_missing": (
        "Máy này không áp được: {missing}. Chạy bằng người dùng thường (không phải root) trên "
        "nhân Linux cho phép không gian tên riêng.",
        "Not held on this machine: {missing}. Run as an ordinary user (not root) on a Linux kernel "
        "that allows namespaces of one's own.",
    ),
    "limit.memory": ("bộ nhớ", "memory"),
    "limit.time": ("thời gian", "time"),
    "limit.file": ("ghi tệp", "writing of files"),
    "limit.programs": ("chạy chương trình khác", "other programs"),
    "limit.network": ("mạng", "network"),
    "limit.user": ("người dùng không có quyền", "a user without rights"),
    "why.no_user": (
        "Không có tài khoản nào tên là “{name}”, cũng không có người nào tên như vậy có tài khoản.",
        "No account is called “{name}”, and nobody of that name has one.",
    ),
    "why.several": (
        "Nhiều người cùng tên “{name}”: hãy dùng tên đăng nhập, một trong: {names}.",
        "Several people are called “{name}”: use the sign-in name, one of: {names}.",
    ),
    "why.no_action": (
        "Không có quyền nào là “{action}”. Các quyền: {actions}.",
        "There is no action “{action}”. The actions are: {actions}.",
    ),
    "why.no_object": (
        "Không có đơn vị, nhiệm vụ, chỉ tiêu hay văn bản nào là “{target}”. Đơn vị: mã, tên "
        "(nếu chỉ một đơn vị mang tên đó) hoặc uid; còn lại: uid.",
        "There is no unit, duty, target or document “{target}”. A unit is named by its code, its "
        "name (if no other bears it) or its uid; anything else by its uid.",
    ),
    "why.no_day": (
        "“{day}” không phải là ngày: viết như 2024-08-07 hoặc 7/8/2024.",
        "“{day}” is no day: write it like 2024-08-07 or 7/8/2024.",
    ),
    "why.who_may": ("Vị trí có quyền này: {posts}.", "This may be done by: {posts}."),
    "why.nobody_may": (
        "Ngày đó không có vị trí nào có người giữ mà có quyền này.",
        "No post that is filled on that day may do this.",
    ),
    "password.given": (
        "Mật khẩu tạm của {name}: trao tận tay; phải đổi khi đăng nhập lần đầu, trong bảy ngày.",
        "Temporary password of {name}: hand it over in person; it is changed at the first sign-in, "
        "within seven days.",
    ),
    "password.no_user": (
        "Không có tài khoản nào đang mở tên là “{name}”; tài khoản đã đóng thì mở lại trên trang.",
        "No open account is called “{name}”; a closed one is reopened on the pages.",
    ),
    "password.meanwhile": (
        "Tài khoản {name} vừa được người khác thay đổi. Hãy chạy lại.",
        "Somebody else has just acted on the account {name}. Run it again.",
    ),
    "doctor.waiting": (
        "{count} văn bản đang chờ đọc.",
        "{count} texts wait to be read.",
    ),
}


def say(code: str, **data: object) -> str:
    """Return the sentence of ``code`` in the reader's language."""
    vietnamese, english = WORDS[code]
    return (english if is_english() else vietnamese).format(**data)


def failure(error: EngineError) -> str:
    """Return what an error of the engine says, behind a word in the reader's language."""
    told = str(error) if is_english() else VIETNAMESE[error.code].format_map(error.data)
    return say("failed", error=told)
