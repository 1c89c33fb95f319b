"""What does not come back when the 360Giving grants are imported again: table, fields, why.

`*` stands for rows of every kind.
Other tables (rounds, contracts, reports and so on) don't return at all.
"""

_NO_PLACE = "The standard has no place for it."
CANT_RETURN = (
    ("*", ("*",), "Why a value is missing does not return: it reads “not published”."),
    ("award_recipients", ("*",), "Those who only pass the money on are not in the form."),
    ("documents", ("*",), "A document without an address is not in the form."),
    (
        "awards",
        (
            *("programme", "legal_power", "reasons", "conditions", "original_amount"),
            *("published_percentage", "percentage_base", "status", "published_on", "route"),
            *("bids_received", "contract", "ocid", "round", "pilot", "reporting_frequency"),
            *("reporting_note", "fund_basis", "fund_basis_note"),
        ),
        _NO_PLACE,
    ),
    (
        "awards",
        ("source_id",),
        "It returns only where it is an identifier of the standard: 360G- and so on.",
    ),
    ("awards", ("source_order", "source_ref"), "They tell of the file that was read last."),
    ("awards", ("financial_year",), "It is worked out anew from the day of the decision."),
    ("awards", ("amount_basis",), "Every grant returns as the total value of its award."),
    ("awards", ("area_text",), "The names of the areas return in its place."),
    ("award_services", ("service", "title"), "A grant has a title, and no list of services."),
    ("award_recipients", ("service", "position", "role", "basis"), _NO_PLACE),
    ("recipients", ("kind",), "Groups return as organisations; persons stay persons."),
    ("recipients", ("name",), "The name as the first of the grants prints it returns."),
    ("recipients", ("id",), "It is made anew from the name; the number says who it is."),
    (
        "recipient_identifiers",
        ("identifier",),
        "One number returns beside those of charities and companies; a recipient without any "
        "returns with the one that the form needs.",
    ),
    ("recipient_identifiers", ("source_ref",), _NO_PLACE),
    ("recipient_names", ("name", "note"), "Only names that a grant prints return."),
    (
        "funds",
        (
            *("source_number", "source_order", "short_title", "also_called", "purpose"),
            *("applicants", "decided_by", "legal_power", "only_year", "cap", "cap_per_area"),
            *("opens_on", "closes_on", "source_ref"),
        ),
        "Only the code and the title return, of a fund that the source states.",
    ),
    (
        "areas",
        ("kind", "valid_from", "valid_to", "note", "source_ref"),
        "Only the name and the official code return, of an area that the source states.",
    ),
    ("areas", ("id",), "It is made anew from the name."),
    ("award_areas", ("basis", "basis_note"), "Only links that the source states return."),
    ("award_terms", ("basis", "basis_note"), "Only topics that the source states return."),
    ("terms", ("source_order", "description", "source_ref"), _NO_PLACE),
    ("themes", ("source_order", "note"), _NO_PLACE),
    ("documents", ("id", "date", "sha256", "exemption", "note"), _NO_PLACE),
    ("source_values", ("position", "source_column", "value"), _NO_PLACE),
)
