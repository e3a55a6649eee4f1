"""What may be sent outside, and how often it is tried."""

from datetime import UTC, datetime, timedelta

import pytest

from lotrinh.rules.outward import (
    PAUSES,
    AddressFault,
    fault_of,
    may_reach,
    networks,
    next_try,
    signature,
)

THEN = datetime(2024, 8, 7, 2, 30, tzinfo=UTC)
HOUSE = networks("10.1.0.0/16")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",  # noqa: S104  # it is refused
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fec0::1",
        "64:ff9b:1::7f00:1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
    ],
)
def test_no_private_address_is_reached_in_any_spelling(address):
    assert not may_reach(address)


def test_public_addresses_and_those_of_the_house_are_reached():
    assert all(map(may_reach, ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"]))
    assert may_reach("10.1.2.3", own=HOUSE)
    assert not may_reach("10.2.2.3", own=HOUSE)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://system.example/lotrinh?a=1", None),
        ("http://system.example/", AddressFault.NOT_SECURE),
        ("https://user@system.example/", AddressFault.NAMES_SOMEBODY),
        ("ftp://system.example/", AddressFault.NOT_READABLE),
        ("https:///path", AddressFault.NOT_READABLE),
        ("https://system.example:99999/", AddressFault.NOT_READABLE),
        ("https://system.example/\r\nHost: other", AddressFault.NOT_READABLE),
        ("https://system.example/\x00", AddressFault.NOT_READABLE),
        ("https://system\x7f.example/", AddressFault.NOT_READABLE),
        ("https://système.example/", AddressFault.NOT_READABLE),
        ("https://system.example/#part", AddressFault.NOT_READABLE),
    ],
)
def test_an_address_is_judged_as_it_is_written(url, fault):
    assert fault_of(url) == fault


def test_plain_http_is_taken_where_the_house_has_networks_of_its_own():
    assert fault_of("http://system.house/", own=HOUSE) is None


def test_each_try_waits_longer_and_the_last_one_ends_it():
    waits = [next_try(tries, at=THEN) for tries in range(1, len(PAUSES) + 2)]

    assert waits[0] == THEN + timedelta(minutes=1)
    assert waits[-1] is None
    assert sorted(PAUSES) == list(PAUSES)


def test_the_signature_is_that_of_time_and_body():
    assert signature("s", at=THEN, body=b"{}") == (
        "t=1722997800,v1=482a58f9144dec7f5a23969cc5743d86354793423927cd6b1fee7e28ea49d7c9"
    )
