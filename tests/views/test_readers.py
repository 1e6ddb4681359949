"""Who is reading is told by issuer and subject, and by nothing that can be changed or made up."""

from __future__ import annotations

from typing import Any

import pytest

from holding_space.library import LOCAL_READER
from holding_space.views import readers

CLAIMS = {"is_logged_in": True, "iss": "https://id.example", "sub": "1", "email": "a@example.org", "name": "A"}


def test_a_reader_stays_the_same_when_name_and_address_change() -> None:
    found = readers.identity(CLAIMS)
    assert found is not None
    assert found == readers.identity({**CLAIMS, "email": "b@example.org", "name": "B"})
    assert "example" not in found
    assert found != LOCAL_READER


def test_another_subject_and_another_issuer_are_other_readers() -> None:
    others = [
        {**CLAIMS, "sub": "2"},
        {**CLAIMS, "iss": "https://other.example"},
        {**CLAIMS, "iss": "https://id.example1", "sub": ""},
    ]
    assert len({readers.identity(claims) for claims in (CLAIMS, *others)}) == 4
    assert readers.identity({**CLAIMS, "iss": 'a", "b', "sub": "c"}) != readers.identity(
        {**CLAIMS, "iss": "a", "sub": 'b", "c'}
    )


@pytest.mark.parametrize("change", [{"is_logged_in": False}, {"sub": None}, {"sub": ""}, {"iss": None}, {"sub": 1}])
def test_claims_that_name_nobody_are_a_guests(change: dict[str, Any]) -> None:
    assert readers.identity({**CLAIMS, **change}) is None


def test_without_logins_there_is_one_reader_on_this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for address, reader in (("127.0.0.1", LOCAL_READER), ("localhost", LOCAL_READER), ("0.0.0.0", None), ("", None)):
        monkeypatch.setattr(readers.config, "get_option", lambda name, address=address: address)
        assert readers.reader() == readers.reader_of({}) == reader
