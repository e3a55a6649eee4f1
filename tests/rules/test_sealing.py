"""The chain of seals: what is whole is found whole, and every single change is found."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules import merkle
from lotrinh.rules.sealing import (
    NOTHING,
    Counted,
    Finding,
    Flaw,
    Held,
    Row,
    Sealed,
    SealedAs,
    audit,
    audit_held,
    digest_of_rows,
    head_of,
    statement,
)

DAY = date(2024, 8, 7)
AT = datetime(2024, 8, 7, 2, 30, tzinfo=UTC)


def rows_of(ids):
    return [
        Row(n, f"uid-{n}", 1000 + n, f'{{"n":{n}}}', merkle.leaf(f'{{"n":{n}}}'.encode()))
        for n in ids
    ]


def seal(batches):
    """Return the chain over these batches of rows."""
    seals, head = [], NOTHING
    for number, batch in enumerate(batches, 1):
        said = Sealed(
            number=number,
            previous=head,
            through=batch[-1].id,
            count=len(batch),
            root=merkle.root([row.leaf for row in batch]),
            rows=digest_of_rows((row.id, row.uid, row.recorded_us) for row in batch),
            day=DAY,
            sealed_at=AT + timedelta(minutes=number),
        )
        head = head_of(said)
        seals.append(SealedAs(said, head))
    return seals


def found(seals, rows):
    return list(audit(seals, rows, counted=Counted()))


JOURNALS = st.lists(
    st.lists(st.integers(1, 4), min_size=1, max_size=6), min_size=1, max_size=6
).map(
    lambda steps: [  # numbers with gaps, as transactions that were rolled back leave them
        rows_of(
            [
                1 + sum(sum(step) for step in steps[:n]) + sum(steps[n][:m])
                for m in range(len(steps[n]))
            ]
        )
        for n in range(len(steps))
    ]
)


@given(JOURNALS, st.integers(0, 3))
def test_what_nobody_touched_is_whole_whatever_gaps_it_has(batches, unsealed):
    rows = [row for batch in batches for row in batch]
    more = rows_of(range(rows[-1].id + 1, rows[-1].id + 1 + unsealed))
    counted = Counted()

    assert list(audit(seal(batches), rows + more, counted=counted)) == []
    assert (counted.entries, counted.seals, counted.unsealed) == (
        len(rows) + unsealed,
        len(batches),
        unsealed,
    )


CHANGES = {
    "payload": lambda row: dataclasses.replace(row, payload=row.payload + " "),
    "payload and leaf": lambda row: dataclasses.replace(row, payload="x", leaf=merkle.leaf(b"x")),
    "leaf": lambda row: dataclasses.replace(row, leaf=bytes(32)),
    "uid": lambda row: dataclasses.replace(row, uid="other"),
    "instant": lambda row: dataclasses.replace(row, recorded_us=row.recorded_us - 1),
}


@pytest.mark.parametrize("change", CHANGES)
@given(JOURNALS, st.data())
def test_a_changed_row_is_found_in_its_seal(change, batches, data):
    rows = [row for batch in batches for row in batch]
    place = data.draw(st.integers(0, len(rows) - 1))
    number = next(n for n, batch in enumerate(batches, 1) if rows[place] in batch)
    changed = [*rows[:place], CHANGES[change](rows[place]), *rows[place + 1 :]]

    flaws = found(seal(batches), changed)

    touched = Finding(Flaw.ENTRY_CHANGED, str(rows[place].id))
    assert (touched in flaws) == (change in {"payload", "leaf"})
    assert (Finding(Flaw.BATCH_CHANGED, str(number)) in flaws) == (change != "payload")


@given(JOURNALS, st.data())
def test_a_row_less_or_more_is_found(batches, data):
    rows = [row for batch in batches for row in batch]
    place = data.draw(st.integers(0, len(rows) - 1))
    free = sorted(set(range(rows[-1].id)) - {row.id for row in rows})
    into = data.draw(st.sampled_from(free))

    assert found(seal(batches), rows[:place] + rows[place + 1 :]) != []
    assert found(seal(batches), sorted([*rows, *rows_of([into])], key=lambda row: row.id)) != []


@given(JOURNALS, st.data())
def test_a_changed_seal_is_found_even_when_its_head_is_made_anew(batches, data):
    seals = seal(batches)
    place = data.draw(st.integers(0, len(seals) - 1))
    said = seals[place].said
    forged = data.draw(
        st.sampled_from(
            [
                dataclasses.replace(said, root=bytes(32)),
                dataclasses.replace(said, rows=bytes(32)),
                dataclasses.replace(said, count=said.count + 1),
                dataclasses.replace(said, day=DAY - timedelta(days=1)),
                dataclasses.replace(said, sealed_at=AT),
            ]
        )
    )
    rows = [row for batch in batches for row in batch]
    number = str(said.number)

    kept_head = [*seals[:place], SealedAs(forged, seals[place].head), *seals[place + 1 :]]
    assert Finding(Flaw.SEAL_CHANGED, number) in found(kept_head, rows)
    anew = [*seals[:place], SealedAs(forged, head_of(forged)), *seals[place + 1 :]]
    if place + 1 < len(seals):
        assert Finding(Flaw.CHAIN_BROKEN, str(said.number + 1)) in found(anew, rows)
    held = Held(heads=tuple((one.said.number, one.head) for one in seals))
    heads = {one.said.number: one.head for one in anew}
    assert list(audit_held(held, heads=heads, signatures=[])) == [
        Finding(Flaw.SEAL_MISSING, number)
    ]


@given(JOURNALS, st.data())
def test_a_seal_that_was_taken_out_is_found(batches, data):
    seals = seal(batches)
    place = data.draw(st.integers(0, len(seals) - 1))
    rows = [row for batch in batches for row in batch]
    held = Held(heads=tuple((one.said.number, one.head) for one in seals))
    left = seals[:place] + seals[place + 1 :]

    if place + 1 < len(seals):
        assert Finding(Flaw.CHAIN_BROKEN, str(place + 2)) in found(left, rows)
    heads = {one.said.number: one.head for one in left}
    missing = [Finding(Flaw.SEAL_MISSING, str(place + 1))]
    assert list(audit_held(held, heads=heads, signatures=[])) == missing


def test_a_seal_says_the_same_in_every_zone():
    (only,) = seal([rows_of([1, 2])])
    hanoi = dataclasses.replace(
        only.said, sealed_at=datetime.fromisoformat("2024-08-07T09:31:00+07:00")
    )

    assert statement(only.said) == (
        f"lotrinh.seal/1\nnumber: 1\nprevious: {'0' * 64}\nthrough: 2\ncount: 2\n"
        f"root: {only.said.root.hex()}\nrows: {only.said.rows.hex()}\nday: 2024-08-07\n"
        "sealed_at: 2024-08-07T02:31:00.000000+00:00\n"
    )
    assert head_of(hanoi) == only.head
