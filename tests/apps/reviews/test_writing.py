"""Several people write one review: nothing that anybody wrote is lost, nothing is overwritten."""

import pytest

from lotrinh.apps.reviews import selectors, services
from lotrinh.rules.reviewing.quoting import Aspect, Source
from tests.factories import NOW, TODAY, key
from tests.reviewing import write


@pytest.fixture
def causes(review):
    return selectors.sections_of(review=review)[5]


def test_every_text_that_a_part_had_is_kept(causes, cast):
    first = write(causes, "Thiếu người.  \n\nThiếu kinh phí [#4].\n", user=cast.chi)
    write(first, "Thiếu người.", user=cast.chi)

    texts = selectors.texts_of(section=first)

    assert [(one.version, one.text) for one in texts] == [
        (3, "Thiếu người."),
        (2, "Thiếu người.\n\nThiếu kinh phí [#4]."),
        (1, ""),
    ]


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(causes, cast):
    write(causes, "Thiếu người.", user=cast.chi)

    with pytest.raises(services.SectionChangedMeanwhile) as refused:
        write(causes, "Mưa bão.", user=cast.chi, version=1)

    assert refused.value.text == "Thiếu người."
    causes.refresh_from_db()
    assert (causes.text, causes.version) == ("Thiếu người.", 2)


def test_sending_the_same_words_twice_is_sending_them_once(causes, cast):
    write(causes, "Thiếu người.", user=cast.chi)

    again = write(causes, "Thiếu người.", user=cast.chi, version=1)

    assert again.version == 2


def test_a_number_has_to_be_on_the_list(causes, cast):
    with pytest.raises(services.NumberNotQuoted) as refused:
        write(causes, "Đạt [#4].\n\nCòn [#99], [#4 hộ và [#abc].", user=cast.chi)

    found = refused.value.found
    assert found == ((2, "[#99]", 99), (2, "[#4", None), (2, "[#abc]", None))
    causes.refresh_from_db()
    assert causes.version == 1


def test_a_number_is_put_on_the_list_once(review, families, cast):
    def quote(aspect, target=families, source=Source.TARGET):
        return services.quote_number(
            review_id=review.pk,
            source=source,
            aspect=aspect,
            target=target,
            user=cast.chi,
            on=TODAY,
            at=NOW,
        ).number

    assert quote(Aspect.VALUE) == 4
    assert quote(Aspect.ON_TIME, None, Source.DUTIES) == 12
    assert quote(Aspect.ON_TIME, None, Source.DUTIES) == 12
    with pytest.raises(services.WrongQuote):
        quote(Aspect.SCORE)
    with pytest.raises(services.WrongQuote):
        quote(Aspect.VALUE, None)


def test_who_reads_may_comment_and_who_writes_settles(causes, cast):
    sent = key()

    def say(user):
        return services.comment_section(
            section_id=causes.pk,
            text="Nêu rõ đơn vị.",
            user=user,
            on=TODAY,
            at=NOW,
            client_key=sent,
        )

    comment = say(cast.thach)
    assert say(cast.thach) == comment
    with pytest.raises(services.NotAllowed):
        say(cast.mai)
    with pytest.raises(services.NotAllowed):
        services.settle_comment(comment_id=comment.pk, user=cast.thach, on=TODAY, at=NOW)
    services.settle_comment(comment_id=comment.pk, user=cast.chi, on=TODAY, at=NOW)

    (found,) = selectors.comments_of(review=causes.review)[causes.pk]
    assert (found.by, found.settled_by) == (cast.thach, cast.chi)


def test_a_leader_reads_and_does_not_write(causes, cast):
    with pytest.raises(services.NotAllowed):
        write(causes, "Thiếu người.", user=cast.thach)

    causes.refresh_from_db()
    assert causes.version == 1
