"""Reasons are stored with decisions: their codes are a contract."""

from lotrinh.rules.rejections import Rejection


def test_the_codes_of_reasons_stand_and_fit_their_column():
    assert [reason.value for reason in Rejection] == [
        "not_commitment",
        "duplicate",
        "wrong_span",
        "already_reported",
        "not_measurable",
    ]
    assert max(len(reason) for reason in Rejection) <= 20
