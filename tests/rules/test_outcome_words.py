"""What became of targets is told with what is only expected, and with how many there are."""

import pytest

from lotrinh.rules.comparing import Attainment, NotJudged, Outcome
from lotrinh.rules.outcome_words import because_words, outcome_word, score_words
from lotrinh.rules.target_count import Score


@pytest.mark.parametrize(
    ("outcome", "vi", "en"),
    [
        (Outcome(Attainment.EXCEEDED), "vượt", "exceeded"),
        (Outcome(Attainment.MET), "đạt", "met"),
        (Outcome(Attainment.MISSED), "không đạt", "missed"),
        (Outcome(Attainment.NOT_JUDGED), "chưa đánh giá", "not yet judged"),
        (Outcome(Attainment.MET, is_estimated=True), "ước đạt", "expected to be met"),
        (Outcome(Attainment.MISSED, is_estimated=True), "ước không đạt", "expected to be missed"),
        (Outcome(Attainment.NOT_JUDGED, is_estimated=True), "chưa đánh giá", "not yet judged"),
    ],
)
def test_outcomes_in_words(outcome, vi, en):
    assert outcome_word(outcome, language="vi") == vi
    assert outcome_word(outcome, language="en") == en


@pytest.mark.parametrize(
    ("found", "vi", "en"),
    [
        (
            Score(exceeded=6, met=14, missed=4, estimated=20),
            "20/24 chỉ tiêu dự kiến đạt, trong đó 6 vượt; 4 không đạt",
            "20 of 24 targets expected to be met, 6 of them exceeded; 4 missed",
        ),
        (
            Score(met=18, missed=3, not_judged=2),
            "18/23 chỉ tiêu đạt; 3 không đạt; 2 chưa đánh giá",
            "18 of 23 targets met; 3 missed; 2 not yet judged",
        ),
        (
            Score(met=1, missed=3, estimated_missed=2),
            "1/4 chỉ tiêu đạt; 1 không đạt; 2 ước không đạt",
            "1 of 4 targets met; 1 missed; 2 expected to be missed",
        ),
        (Score(met=1), "1/1 chỉ tiêu đạt", "1 of 1 target met"),
        (Score(), "không có chỉ tiêu nào", "no targets"),
    ],
)
def test_scores_in_words(found, vi, en):
    assert score_words(found, language="vi") == vi
    assert score_words(found, language="en") == en


@pytest.mark.parametrize("because", NotJudged)
def test_every_reason_not_to_judge_has_its_words(because):
    words = {because_words(because, language=language) for language in ("vi", "en")}

    assert len(words) == 2 and all(words)
