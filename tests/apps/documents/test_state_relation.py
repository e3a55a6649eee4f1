"""Relations are stated, put right and withdrawn by people; what they do decides the validity."""

from datetime import date

import pytest

from lotrinh.apps.documents import selectors, services
from lotrinh.apps.documents.models import Relation
from lotrinh.apps.documents.services import Identity, Statement
from lotrinh.rules.families import indented
from lotrinh.rules.validity import Validity
from tests.factories import NOW, TODAY, key, make_document, make_rendition
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
ON = {"on": TODAY, "at": NOW}
DAY = date(2024, 7, 1)


@pytest.fixture
def pair(cast):
    """A plan of 2024 and the older one that it deals with."""
    return (
        make_document(keeper=cast.office, user=cast.chi, number="97-CTr/TU"),
        make_document(
            keeper=cast.office, user=cast.chi, number="11-CTr/TU", issued_on=date(2021, 3, 1)
        ),
    )


def state(source, target, user, kind="replaces", *, client_key=None, **more):
    return services.state_relation(
        statement=Statement(source, target, kind, **more),
        reason="đã đối chiếu",
        user=user,
        client_key=client_key or key(),
        **ON,
    )


def ends(document, user):
    return selectors.related(document=document, seen_by=user.pk, on=TODAY)


def stand(document, user, as_of):
    return selectors.stand_of(document, ends(document, user), as_of=as_of).validity


def test_a_replacement_counts_from_its_day(cast, pair):
    source, target = pair

    made = state(source, target, cast.chi, effective_from=DAY, verb="thay thế")

    assert (made.stated_by, made.verb, made.effective_from) == (cast.chi, "thay thế", DAY)
    assert stand(target, cast.chi, date(2024, 6, 30)) is Validity.IN_FORCE
    assert stand(target, cast.chi, DAY) is Validity.REPLACED
    assert stand(target, cast.chi, date(2021, 2, 28)) is Validity.NOT_YET
    assert stand(source, cast.chi, DAY) is Validity.IN_FORCE


def test_without_a_day_of_its_own_it_counts_from_the_day_of_issue(cast, pair):
    source, target = pair
    state(source, target, cast.chi, kind="repeals")

    assert stand(target, cast.chi, date(2024, 5, 9)) is Validity.IN_FORCE
    assert stand(target, cast.chi, date(2024, 5, 10)) is Validity.REPEALED


def test_an_effect_on_a_clause_leaves_the_rest_standing(cast, pair):
    source, target = pair
    state(source, target, cast.chi, kind="repeals", target_pinpoint="dieu-5.khoan-2")

    assert stand(target, cast.chi, TODAY) is Validity.PARTLY_AMENDED


def test_an_effect_may_be_known_before_its_cause(cast, pair):
    _source, target = pair

    state(None, target, cast.chi, kind="repeals", effective_from=DAY)

    assert stand(target, cast.chi, DAY) is Validity.REPEALED
    assert [end.document for end in ends(target, cast.chi)] == [None]
    with nothing_changes(), pytest.raises(services.CauseUnknown):
        state(None, target, cast.chi, kind="implements")


def test_whoever_may_not_see_the_cause_sees_none(cast):
    target = make_document(keeper=cast.ho_sen, user=cast.ha, number="5-KH/QU")
    source = make_document(keeper=cast.office, user=cast.chi, number="97-CTr/TU")
    state(source, target, cast.chi)

    assert stand(target, cast.ha, TODAY) is Validity.IN_FORCE
    assert stand(target, cast.chi, TODAY) is Validity.REPLACED


def test_sent_twice_is_stated_once_and_stated_twice_is_refused(cast, pair):
    sent = key()
    made = state(*pair, cast.chi, client_key=sent)

    with nothing_changes():
        assert state(*pair, cast.chi, client_key=sent) == made
    with nothing_changes(), pytest.raises(services.RelationStands):
        state(*pair, cast.chi)
    with nothing_changes(), pytest.raises(services.RelatedToItself):
        state(pair[0], pair[0], cast.chi)


def test_put_right_the_old_one_stays_to_be_read(cast, pair):
    source, target = pair
    wrong = state(source, target, cast.chi)

    right = services.correct_relation(
        relation=wrong,
        statement=Statement(source, target, "amends", target_pinpoint="dieu-3"),
        reason="chỉ sửa Điều 3",
        user=cast.chi,
        client_key=key(),
        **ON,
    )

    wrong.refresh_from_db()
    assert (right.supersedes, wrong.ended_by, wrong.ended_reason) == (
        wrong,
        cast.chi,
        "chỉ sửa Điều 3",
    )
    assert [end.relation for end in ends(target, cast.chi)] == [right]
    assert selectors.ended_relations(document=target, seen_by=cast.chi.pk, on=TODAY) == (wrong,)
    with nothing_changes(), pytest.raises(services.RelationEnded):
        services.withdraw_relation(relation=wrong, reason="x", user=cast.chi, **ON)


def test_what_a_person_withdrew_reading_does_not_bring_back(cast, pair):
    source, target = pair
    rendition = make_rendition(source)
    given = {"kind": "implements", "rendition": rendition, "span": (120, 135), "at": NOW}
    read = services.relate(source=source, target=target, **given)

    services.withdraw_relation(relation=read, reason="nhắc tới mà thôi", user=cast.chi, **ON)

    with nothing_changes():
        assert services.relate(source=source, target=target, **given) is None
    assert ends(source, cast.chi) == ()
    assert Relation.objects.count() == 1


@pytest.mark.parametrize("name", ["ha", "khe", "thach", "nghiem", "an"])
def test_only_those_who_keep_it_state_put_right_and_withdraw(cast, pair, name):
    user, made = cast.named_users()[name], state(*pair, cast.chi)

    with nothing_changes(), pytest.raises(services.NotAllowed):
        state(*pair, user, kind="amends")
    with nothing_changes(), pytest.raises(services.NotAllowed):
        services.withdraw_relation(relation=made, reason="x", user=user, **ON)
    with nothing_changes(), pytest.raises(services.NotAllowed):
        services.correct_relation(
            relation=made,
            statement=Statement(*pair, "amends"),
            reason="x",
            user=user,
            client_key=key(),
            **ON,
        )


def test_a_text_that_repeals_an_article_touches_that_article(cast, pair):
    source, target = pair
    text = "Bãi bỏ Điều 5, khoản 2 của Chương trình số 11-CTr/TU."
    rendition, start = make_rendition(source, text), text.index("Chương")

    made = services.relate(
        source=source,
        target=target,
        kind="repeals",
        rendition=rendition,
        span=(start, len(text) - 1),
        at=NOW,
    )

    assert made.target_pinpoint == "dieu-5.khoan-2"
    assert stand(target, cast.chi, TODAY) is Validity.PARTLY_AMENDED


def family(document, user, as_of=TODAY):
    found = selectors.family_of(document=document, as_of=as_of, seen_by=user.pk, on=TODAY)
    order = sorted(found.documents, key=lambda pk: found.documents[pk].pk)
    lines = indented(found.edges, order)
    return [(found.documents[line.node].number, line.depth, line.kinds) for line in lines]


def cited(cast, number):
    return services.cite_document(
        identity=Identity(system="party", type_code="NQ", number=number),
        language="vi",
        keeper=cast.office,
        at=NOW,
    )


def test_a_family_goes_from_the_oldest_down_and_no_further_than_its_day(cast):
    top, newer = cited(cast, "27-NQ/TW"), cited(cast, "45-NQ/TW")
    programme = make_document(keeper=cast.office, user=cast.chi, number="30-CTr/TU")
    plan = make_document(
        keeper=cast.office, user=cast.chi, number="176-KH/TU", issued_on=date(2024, 8, 1)
    )
    for source, target, kind in (
        (newer, top, "continues"),
        (programme, newer, "implements"),
        (plan, programme, "specifies"),
        (plan, newer, "based_on"),
    ):
        services.relate(source=source, target=target, kind=kind, rendition=None, span=None, at=NOW)

    assert family(programme, cast.chi) == [
        ("27-NQ/TW", 0, ()),
        ("45-NQ/TW", 1, ("continues",)),
        ("30-CTr/TU", 2, ("implements",)),
        ("176-KH/TU", 3, ("specifies",)),
    ]
    assert [line[0] for line in family(top, cast.chi)] == [
        "27-NQ/TW",
        "45-NQ/TW",
        "30-CTr/TU",
        "176-KH/TU",
    ]
    assert [line[0] for line in family(programme, cast.chi, date(2024, 7, 31))] == [
        "27-NQ/TW",
        "45-NQ/TW",
        "30-CTr/TU",
    ]


def test_a_family_that_goes_in_a_circle_ends(cast, pair):
    state(*pair, cast.chi, kind="amends")
    state(*reversed(pair), cast.chi, kind="continues")

    assert len(family(pair[0], cast.chi)) == 3


def test_a_family_does_not_lead_through_what_one_may_not_see(cast):
    top = cited(cast, "45-NQ/TW")
    own = make_document(keeper=cast.ho_sen, user=cast.ha, number="5-KH/QU")
    hidden = make_document(keeper=cast.dong_gao, user=cast.khe, number="6-KH/QU")
    for source in (own, hidden):
        state(source, top, cast.chi, kind="implements")
    state(own, hidden, cast.chi, kind="guides")

    shown = selectors.family_of(document=own, as_of=TODAY, seen_by=cast.ha.pk, on=TODAY)

    assert shown.hidden == {hidden.pk}  # its own text names it: the number and no more
    assert set(shown.documents) == {top.pk, own.pk, hidden.pk}
    down = selectors.family_of(document=top, as_of=TODAY, seen_by=cast.ha.pk, on=TODAY)
    assert hidden.pk not in {edge.child for edge in down.edges}
