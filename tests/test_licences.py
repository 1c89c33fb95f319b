"""Licences: known ones get their code, others keep the source's words, silence stays silence."""

import pytest

from generator.licences import LICENCES, as_stated


@pytest.mark.parametrize("code", LICENCES)
def test_a_known_licence_is_known_by_address_code_and_title(code: str) -> None:
    title, address = LICENCES[code]
    for said in (address, address.replace("https://", "http://").rstrip("/"), code, title):
        found = as_stated(said)
        assert found is not None
        assert (found["name"], found["title"]) == (code, title)
    assert as_stated(f"{address}legalcode.en") == {
        "name": code,
        "title": title,
        "path": f"{address}legalcode.en",
    }


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("", None),
        ("  ", None),
        ("https://pond.example/terms", {"path": "https://pond.example/terms"}),
        ("Ask the  clerk", {"name": "Ask-the-clerk", "title": "Ask the clerk"}),
    ],
)
def test_others_keep_their_words(said: str, found: dict[str, str] | None) -> None:
    assert as_stated(said) == found


@pytest.mark.parametrize("said", ["CC BY 4.0", "cc-by-4.0", "OGL", "OGL v3.0"])
def test_codes_are_known_however_they_are_written(said: str) -> None:
    found = as_stated(said)
    assert found is not None
    assert found["name"] in LICENCES
