"""Organisations' numbers, and columns that hold private persons."""

import pytest

from generator.imports import registers
from generator.imports.private_columns import is_private


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("GB-CHC-9000002", ("GB-CHC", "9000002")),
        (" gb-chc-9000002 ", ("GB-CHC", "9000002")),
        ("GB-SC-SC090001", ("GB-SC", "SC090001")),
        ("GB-NIC-NIC109001", ("GB-NIC", "109001")),
        ("GB-NIC-109001", ("GB-NIC", "109001")),
        ("GB-COH-07962245", ("GB-COH", "07962245")),
        ("GB-COH-7962245", ("GB-COH", "07962245")),
        ("GB-COH-RC000123", ("GB-COH", "RC000123")),
        ("GB-COH-odd", ("GB-COH", "odd")),
        ("GB-LAE-TRF", ("GB-LAE", "TRF")),
        ("US-EIN-12-345", ("US-EIN", "12-345")),
        ("360G-pond-frogs_club", ("360G", "pond-frogs_club")),
        ("GB-CHC-000000", None),
        ("GB-CHC-N/A", None),
        ("360G-", None),
        ("Frog Choir", None),
        ("", None),
    ],
)
def test_identifiers_say_their_register(text: str, number: tuple[str, str] | None) -> None:
    assert registers.of_identifier(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("9000002", ("GB-CHC", "9000002")),
        ("sc 090001", ("GB-SC", "SC090001")),
        ("NIC109001", ("GB-NIC", "109001")),
        ("0", None),
        ("N/A", None),
        ("９０００００２", None),
        ("exempt", None),
        ("9000002 (host)", None),
    ],
)
def test_charity_numbers(text: str, number: tuple[str, str] | None) -> None:
    assert registers.charity(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("07962245", "07962245"),
        ("7962245", "07962245"),
        ("962245", "00962245"),
        ("ni 012345", "NI012345"),
        ("IP12345R", "IP12345R"),
        ("12345", None),
        ("123456789", None),
        ("none", None),
    ],
)
def test_company_numbers(text: str, number: str | None) -> None:
    assert registers.company(text) == (("GB-COH", number) if number else None)


@pytest.mark.parametrize(
    "title",
    [
        *("Surname of applicant", "Full name of applicant", "Co-applicant(s)", "Sponsor(s)"),
        *("Applicant", "Lead Applicant", "First name", "FORENAME", "Contact Name", "contactName"),
        *("Recipient Org:Email", "Recipient Org:Phone Number", "Funding Org:Contact Name"),
        *("recipientOrganization/0/email", "E-mail address", "Telephone", "Mobile no."),
        *("Date of birth", "DOB", "National Insurance Number", "NI number", "Home address"),
        *("Principal Investigator", "Grant officer", "Bank sort code", "Signatory"),
    ],
)
def test_columns_of_private_persons(title: str) -> None:
    assert is_private(title)


@pytest.mark.parametrize(
    "title",
    [
        *("Recipient Org:Name", "Title", "Amount Applied For", "Applicant organisation"),
        *("Number of applicants", "Applicant type", "Applicant ID", "Organisation full name"),
        *("Sponsor organisation", "Description", "Last modified", "Recipient Org:Postal Code"),
        *("Department", "Grant Programme:Title", "From an open call?", "Birthing pools bought"),
        *("Hotel costs", "Embankment works", "Initial offer"),
    ],
)
def test_columns_of_anything_else(title: str) -> None:
    assert not is_private(title)
