"""How fast documents are read: all kinds of facts on, light and dense text, one core.

The baseline is the least that could be done: one plain pattern for numbers of documents, and
nothing else. eyecite finds citations of United States law, so where it is installed it gets a
text of the same density with citations that it knows; on ours it would find nothing and only
be measured idling. Run as ``python -m bench.reading``.
"""

import importlib.util
import json
import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from lotrinh.reading import read_text

_SIZE = 400_000  # bytes of each text
_ROUNDS = 5
_PEER_SIZE = 60_000  # eyecite is slow: it gets a piece of the same text
_BARE = re.compile(
    r"\d{1,5}(?:/\d{4})?[-/](?:NQ|CT|KL|KH|QĐ|CTr|NĐ|TT|TB|BC)[-/][A-ZĐ]{2,6}\d{0,2}"
)
_GOALS = {"light": 1.0, "mixed": 1.0, "dense": 0.4}  # MB/s a core

_PROSE = (
    "Công tác tuyên truyền được triển khai rộng khắp với nhiều hình thức phong phú, phù hợp.",
    "Nhận thức của cán bộ, đảng viên và nhân dân về chuyển đổi số có chuyển biến rõ nét.",
    "Đời sống văn hóa ở khu dân cư ngày càng được nâng lên, trật tự đô thị được giữ vững.",
    "The awareness of cadres and people about administrative reform has clearly improved.",
    "Cultural life in residential areas is increasingly rich and urban order is maintained.",
    "Việc phối hợp giữa các ngành, các cấp ngày càng chặt chẽ, kịp thời và hiệu quả hơn.",
    "People's trust in the work of local authorities continues to grow in every locality.",
)
_FACTS = (
    "Căn cứ Nghị quyết số {n}-NQ/TU ngày {d}/{m}/2023 của Thành ủy về phát triển văn hóa.",
    "Plan {n}/KH-UBND dated March {d}, 2024, implements Resolution No. {n}-NQ/TW.",
    "Phấn đấu đến năm 2030 tỷ lệ hộ nghèo dưới {m}%; ít nhất {d}% trường học đạt chuẩn.",
    "Thu ngân sách ước đạt {n}.309 tỷ đồng, bằng {n},5% dự toán, tăng {d},6% so với cùng kỳ.",
    "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính báo cáo trước ngày {d}/{m}/2025.",
    "Phó Chủ tịch UBND thành phố Nguyễn Văn Bình yêu cầu các sở khẩn trương thực hiện.",
    "In the first {m} months of 2024, {d} out of {n} tasks were completed by the units.",
    "Deputy Director of the Department of Health Tran Thi Mai asked units to report by June {d}.",
)


_CASES = (
    "The court in Smith v. Jones, {n} U.S. {m}{d} (19{t}), held that the order was void.",
    "See Brown v. Board, {n} F.2d {d}{m}, {d} (9th Cir. 19{t}); id. at {d}.",
    "The rule follows from 5 U.S.C. § {n} and from Doe v. Roe, {n} F. Supp. {d} (19{t}).",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured text: speed in MB of UTF-8 per second, and how dense it is."""

    text: str
    megabytes_per_second: float
    facts_per_kilobyte: float
    bare_pattern: float


def make_text(
    share: float, size: int, stating: Sequence[str] = _FACTS, seed: int = 20240509
) -> str:
    """Return paragraphs of about ``size`` bytes, ``share`` of whose sentences state facts."""
    chance = random.Random(seed)
    lines: list[str] = []
    length = 0
    while length < size:
        sentences = [
            _sentence(chance, stating) if chance.random() < share else chance.choice(_PROSE)
            for _ in range(5)
        ]
        lines.append(" ".join(sentences))
        length += len(lines[-1].encode()) + 1
    return "\n".join(lines)


def _sentence(chance: random.Random, stating: Sequence[str]) -> str:
    return chance.choice(stating).format(
        n=chance.randint(10, 400),
        d=chance.randint(1, 28),
        m=chance.randint(1, 12),
        t=chance.randint(50, 99),
    )


def speed(work: Callable[[str], object], text: str) -> float:
    """Return the best of several rounds in MB per second."""
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        work(text)
        best = min(best, time.perf_counter() - start)
    return len(text.encode()) / best / 1e6


def measure(name: str, share: float) -> Figure:
    """Measure one density."""
    text = make_text(share, _SIZE)
    facts = len(read_text(text).facts)
    return Figure(
        name,
        speed(read_text, text),
        facts / len(text.encode()) * 1000,
        speed(_BARE.findall, text),
    )


def measure_eyecite() -> float | None:
    """Return the speed of eyecite at mixed density; None where it is not installed."""
    if importlib.util.find_spec("eyecite") is None:
        return None
    eyecite: Any = importlib.import_module("eyecite")
    return speed(eyecite.get_citations, make_text(0.3, _PEER_SIZE, _CASES))


def report(figures: Sequence[Figure], peer: float | None) -> dict[str, object]:
    """Return the object that is printed as the last line."""
    mixed = next(figure for figure in figures if figure.text == "mixed")
    return {
        "name": "reading",
        "compared": ["lotrinh.reading", "one pattern in re"] + (["eyecite"] if peer else []),
        "figures": {
            figure.text: {
                "MB/s": round(figure.megabytes_per_second, 3),
                "facts/kB": round(figure.facts_per_kilobyte, 1),
                "one pattern MB/s": round(figure.bare_pattern, 1),
                "goal MB/s": _GOALS[figure.text],
            }
            for figure in figures
        }
        | ({"eyecite MB/s": round(peer, 3)} if peer else {}),
        "ratios": {
            "mixed against one pattern": round(mixed.megabytes_per_second / mixed.bare_pattern, 4),
            "mixed against eyecite": round(mixed.megabytes_per_second / peer, 2) if peer else None,
        },
    }


def main() -> None:
    """Measure and print."""
    figures = [measure("light", 0.1), measure("mixed", 0.3), measure("dense", 1.0)]
    peer = measure_eyecite()
    print(f"{'text':8}{'MB/s':>8}{'facts/kB':>10}{'one pattern':>13}{'goal':>7}")
    for figure in figures:
        print(
            f"{figure.text:8}{figure.megabytes_per_second:8.2f}"
            f"{figure.facts_per_kilobyte:10.1f}{figure.bare_pattern:13.1f}"
            f"{_GOALS[figure.text]:7.1f}"
        )
    print(f"eyecite on cases of mixed density: {f'{peer:.3f} MB/s' if peer else 'not installed'}")
    print(json.dumps(report(figures, peer)))


if __name__ == "__main__":
    main()
