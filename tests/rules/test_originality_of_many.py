"""All plans held against all at once: as each against all others, and the same in any order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lotrinh.rules.originality import Passage, judge
from lotrinh.rules.originality_of_many import judge_all


def syllables(said: str) -> tuple[str, ...]:
    return tuple(said.split())


WORDS = list(syllables("rà soát thủ tục nội bộ # đơn vị"))


def passages(sentences: list[list[str]]) -> tuple[Passage, ...]:
    starts = range(0, 100 * len(sentences), 100)
    return tuple(Passage(n, n + 50, tuple(one)) for n, one in zip(starts, sentences, strict=True))


sentences = st.lists(st.sampled_from(WORDS), min_size=6, max_size=14)
texts = st.lists(sentences, max_size=4).map(passages)


@settings(deadline=None, max_examples=60)
@given(st.lists(texts, min_size=1, max_size=4), texts)
def test_it_finds_what_each_against_all_others_finds(
    plans: list[tuple[Passage, ...]], frame: tuple[Passage, ...]
) -> None:
    together = judge_all(plans, frame)

    for place, plan in enumerate(plans):
        others = [one for n, one in enumerate(plans) if n != place]
        alone = judge(plan, others, frame)
        found = together[place]
        assert (found.own, found.counted, found.framed) == (alone.own, alone.counted, alone.framed)


def test_a_passage_is_told_with_the_first_text_that_holds_it() -> None:
    said = list(syllables("rà soát thủ tục nội bộ của đơn vị mình"))
    plan = passages([said])

    found = judge_all([plan, plan, passages([[*said, "ngay"]])])

    assert [one.copied[0].source for one in found] == [1, 0, 0]
    assert [one.copied[0].share for one in found] == [1.0, 1.0, 7 / 8]


def test_what_nobody_else_says_is_its_own() -> None:
    said = list(syllables("lắp đặt trạm quan trắc mực nước dọc sông"))

    (found,) = judge_all([passages([said, said])])

    assert (found.own, found.counted, found.copied) == (2, 2, ())
