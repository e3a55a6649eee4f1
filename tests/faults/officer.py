"""An officer who hands texts in and decides what they propose, while the house dies around her."""

import re
import threading
import time
from dataclasses import dataclass
from uuid import UUID, uuid4

from tests.faults.client import Client

STEPS = ("upload", "read", "confirm")
TASKS = 3
TEXT = """ỦY BAN NHÂN DÂN
Số: {number}/KH-UBND
Hồ Sen, ngày 3 tháng 6 năm 2024
KẾ HOẠCH
Chỉnh trang các vườn hoa của Thành phố
1. Giao Sở Xây dựng chủ trì kiểm kê cây xanh, hoàn thành trước ngày 30/9/2024.
2. Sở Văn hóa và Thể thao tổ chức hội hoa tại các vườn hoa, báo cáo trước ngày 15/12/2024.
3. Sở Tài chính bố trí kinh phí sửa chữa đèn chiếu sáng, hoàn thành trong quý IV năm 2024.
"""
"""A plan in which reading finds three tasks."""

_DOCUMENT = re.compile(r"/documents/([0-9a-f-]{36})/desk/")
_PROPOSAL = re.compile(r"/proposals/([0-9a-f-]{36})/accept/")
_LOOK_FOR = 2.0  # seconds to wait for a reading; it may have to wait for a worker that was killed


@dataclass(frozen=True, slots=True)
class Sent:
    """A file whose handing in was answered."""

    number: str
    document: str
    content: bytes


class Officer(threading.Thread):
    """Works until she is told to stop, and keeps what was answered.

    ``sent`` are the files that were taken, ``decided`` the keys of the decisions with their
    verdicts. She sends a form again until it is answered, under the same key.
    """

    def __init__(self, client: Client, *, first: int) -> None:
        super().__init__(daemon=True)
        self.client, self.first = client, first
        self.sent: list[Sent] = []
        self.decided: dict[UUID, str] = {}
        self.failed: BaseException | None = None
        self.over = threading.Event()
        self._entered = dict.fromkeys(STEPS, 0)
        self._moved = threading.Condition()

    def run(self) -> None:
        """Go on with upload, read, confirm."""
        try:
            while not self.over.is_set():
                self.hand_in()
                self.decide()
        except BaseException as failed:
            self.failed = failed
            raise

    def hand_in(self) -> None:
        """Hand one file in."""
        number = f"{self.first + len(self.sent)}/KH-UBND"
        content = TEXT.format(number=number.partition("/")[0]).encode()
        self._enter("upload")
        page = self.client.hand_in(f"{number[:4]}.txt", content, str(uuid4()))
        found = _DOCUMENT.search(self.client.last_address)
        assert found is not None, page
        self.sent.append(Sent(number, found.group(1), content))

    def decide(self) -> None:
        """Accept one proposal of a text that has been read and drop another."""
        self._enter("read")
        proposals = self._proposals()
        for candidate, verdict in zip(proposals, ("accept", "reject"), strict=False):
            key = uuid4()
            fields = {"client_key": str(key), "turn": "0", "title": "Việc thử", "unit": ""}
            words = {"person": "", "due": "", "reason": "duplicate", "note": ""}
            self._enter("confirm")
            answer = self.client.post(f"/proposals/{candidate}/{verdict}/", {**fields, **words})
            assert f"/proposals/{candidate}/accept/" not in answer, "answered, yet still open"
            self.decided[key] = verdict

    def await_step(self, step: str, patience: float = 10) -> bool:
        """Return once she begins the step the next time; False where she does not in time."""
        with self._moved:
            before = self._entered[step]
            return self._moved.wait_for(lambda: self._entered[step] > before, patience)

    def _enter(self, step: str) -> None:
        with self._moved:
            self._entered[step] += 1
            self._moved.notify_all()

    def _proposals(self) -> list[str]:
        """Return what the last text proposes, or, where it has to wait, one before it."""
        deadline = time.monotonic() + _LOOK_FOR
        while time.monotonic() < deadline:
            for sent in self.sent[:-4:-1]:
                found = _PROPOSAL.findall(self.client.get(f"/documents/{sent.document}/desk/"))
                if len(set(found)) == TASKS:
                    return list(dict.fromkeys(found))
        return []
