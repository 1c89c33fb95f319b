"""What findings say, in each of the four ways they are printed."""

import html
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.findings import (
    RENDERERS,
    SHOWN,
    Finding,
    Severity,
    as_github,
    as_json,
    as_markdown,
    as_text,
    summary,
    tidy,
)
from generator.safety import markdown_cell, one_line

ERROR = Finding(
    code="R21-totals",
    severity=Severity.ERROR,
    file="data/wm/stated_figures.csv",
    message="The total is off by £0.01.",
    mend="correct the amount.",
    row=3,
    column="amount",
    value="3549244.03",
)
WARNING = Finding("odd", Severity.WARNING, "data/wm/awards.csv", "Odd.", "look.", row=12)
GAP = Finding("gap", Severity.GAP, "data/wm/datapackage.json", "Missing.", "add it.")
ALL = (ERROR, WARNING, GAP)
MANY = tuple(
    Finding("many", Severity.ERROR, "a.csv", "Wrong.", "mend it.", row=number)
    for number in range(2, 2 + SHOWN + 34)
)
FINDINGS = st.lists(
    st.builds(
        Finding,
        code=st.text(min_size=1),
        severity=st.sampled_from(Severity),
        file=st.text(min_size=1),
        message=st.text(),
        mend=st.text(),
        row=st.none() | st.integers(1, 999),
        column=st.none() | st.text(),
        value=st.none() | st.text(),
    ),
    max_size=4,
)


def test_a_place_has_the_parts_that_are_known() -> None:
    assert ERROR.place == "data/wm/stated_figures.csv, row 3, column amount"
    assert WARNING.place == "data/wm/awards.csv, row 12"
    assert GAP.place == "data/wm/datapackage.json"


def test_tidy_sorts_errors_first_then_by_place_and_says_each_once() -> None:
    later = Finding("odd", Severity.ERROR, "data/wm/stated_figures.csv", "x", "y", row=20)
    assert tidy([GAP, later, WARNING, ERROR, ERROR]) == (ERROR, later, WARNING, GAP)


@given(FINDINGS)
def test_the_order_never_hangs_on_the_order_given(findings: list[Finding]) -> None:
    assert tidy(findings) == tidy(findings[::-1])


@pytest.mark.parametrize(
    ("findings", "words"),
    [
        ((), "no errors"),
        ((ERROR,), "1 error"),
        ((ERROR, ERROR), "2 errors"),
        ((WARNING,), "no errors, 1 warning"),
        ((ERROR, WARNING, GAP, GAP), "1 error, 1 warning, 2 gaps"),
    ],
)
def test_summary(findings: tuple[Finding, ...], words: str) -> None:
    assert summary(findings) == words


def test_text() -> None:
    assert as_text(ALL) == (
        "ERROR data/wm/stated_figures.csv, row 3, column amount [R21-totals]\n"
        "  The total is off by £0.01.\n"
        "  Value: '3549244.03'\n"
        "  Mend:  correct the amount.\n"
        "\n"
        "WARNING data/wm/awards.csv, row 12 [odd]\n"
        "  Odd.\n"
        "  Mend:  look.\n"
        "\n"
        "GAP data/wm/datapackage.json [gap]\n"
        "  Missing.\n"
        "  Mend:  add it.\n"
        "\n"
        "1 error, 1 warning, 1 gap.\n"
    )
    assert as_text(()) == "No errors.\n"


def test_text_spells_out_what_a_terminal_would_obey() -> None:
    evil = Finding("x", Severity.ERROR, "a.csv", "“\x1b[2J\n::error::x”", "m\r", value="\x1b")
    text = as_text([evil])
    assert "  “\\x1b[2J\\n::error::x”\n  Value: '\\x1b'\n  Mend:  m\\r\n" in text
    assert "\x1b" not in text


@given(FINDINGS)
def test_text_has_no_control_characters(findings: list[Finding]) -> None:
    clean = [one for one in findings if one.code.isprintable()]
    assert as_text(clean).replace("\n", "").isprintable()


def test_json_has_every_field_of_every_finding() -> None:
    said = json.loads(as_json(ALL))
    assert said["summary"] == "1 error, 1 warning, 1 gap"
    assert said["findings"][0] == {
        "code": "R21-totals",
        "severity": "error",
        "file": "data/wm/stated_figures.csv",
        "message": "The total is off by £0.01.",
        "mend": "correct the amount.",
        "row": 3,
        "column": "amount",
        "value": "3549244.03",
    }
    assert [one["severity"] for one in said["findings"]] == ["error", "warning", "gap"]


def test_markdown() -> None:
    assert as_markdown(ALL) == (
        "**1 error, 1 warning, 1 gap.**\n"
        "\n"
        "| | Where | What | How to mend it |\n"
        "| --- | --- | --- | --- |\n"
        "| error | data/wm/stated\\_figures.csv, row 3, column amount "
        "| The total is off by £0.01. Value: “354924<wbr>4.03”. | correct the amount. |\n"
        "| warning | data/wm/awards.csv, row 12 | Odd. | look. |\n"
        "| gap | data/wm/datapackage.json | Missing. | add it. |\n"
    )
    assert as_markdown(()) == "**No errors.**\n\n"


def test_markdown_shows_markup_instead_of_obeying_it() -> None:
    evil = "a|b\n\n# <script>alert(1)</script> [x](y) `c` *d* _e_ &lt; \\|"
    row = as_markdown([Finding("x", Severity.ERROR, "f", evil, "m", value=evil)]).splitlines()[4]
    assert "<" not in row
    assert (
        "a\\|b # &lt;script&gt;alert(1)&lt;/script&gt; \\[x\\](y) \\`c\\` \\*d\\* \\_e\\_ "
        "&amp;lt; \\\\\\|" in row
    )


@given(FINDINGS)
def test_no_text_breaks_the_markdown_table(findings: list[Finding]) -> None:
    lines = as_markdown(findings).removesuffix("\n").splitlines()
    rows = lines[4:]
    assert len(rows) == len(findings)
    for row in rows:
        unescaped = re.sub(r"\\.", "", row)
        assert unescaped.count("|") == 5
        assert row.startswith("| ")
        assert row.endswith(" |")
        assert "<" not in re.sub(r"<wbr>|<span>\$</span>", "", row)


TEMPTING = {
    "an address": "https://evil.example/x and http://evil.example, ftp://evil.example",
    "an address without https": "www.evil.example WWW.evil.example",
    "an e-mail address": "someone@evil.example",
    "a mention": "@octocat and @octo-org/team, @1st",
    "an issue": "#12 owner/repo#34 GH-56 gh-7",
    "a commit": "0123abc and deadbeefdeadbeefdeadbeefdeadbeefdeadbeef or owner/repo@0123abcd",
    "an advisory": "GHSA-abcd-efgh-ijkl CVE-2031-1234",
    "a link": "[words](https://evil.example) [x]: https://evil.example",
    "a picture": "![words](https://evil.example/x.png)",
    "a tag": "<img src=x onerror=alert(1)> <https://evil.example> <!-- x --> </table>",
    "an entity": "&#64;octocat &lt;b&gt;",
    "marks": "**bold** _under_ ~~gone~~ `code` | \\| cell",
    "a formula": "$x^2$ and $$y$$",
    "an emoji": ":tada: :+1:",
    "lines": "one\ntwo\r\n\n# three\u2028four",
    "hidden marks": "a\u202eb\x1b[2J\0",
}
WOULD_LINK = re.compile(
    r"://|www\.|[\w.]@\w|(?<!\w)@\w|#\w|\bGH-\d|GHSA-\w|CVE-\d|[0-9a-f]{7}|:[\w+-]+:"
    r"|(?<!\\)[\[\]`*_~|]|<(?!wbr>)|\$",
    re.IGNORECASE,
)


def as_shown(cell: str) -> str:
    """What a reader sees of a cell, and copies."""
    tags = re.sub(r"<wbr>|</?span>", "", cell).replace("&#8203;", "")
    return html.unescape(re.sub(r"\\([\\|`*_~\[\]])", r"\1", tags))


@pytest.mark.parametrize("text", TEMPTING.values(), ids=TEMPTING)
def test_nothing_in_data_becomes_a_link_or_a_mention_on_github(text: str) -> None:
    cell = markdown_cell(text)
    told = re.sub(r"&(amp|lt|gt|#8203);", "·", cell.replace("<span>$</span>", "·"))
    assert not WOULD_LINK.search(told)
    assert as_shown(cell) == one_line(" ".join(text.split()))


@given(st.text(alphabet="@#:/w.ghcvesa-0123abcf<>&|\\`*_~[]$ \n", max_size=40))
def test_no_mixture_of_marks_becomes_a_link_or_a_mention(text: str) -> None:
    told = re.sub(r"&(amp|lt|gt|#8203);", "·", markdown_cell(text).replace("<span>$</span>", "·"))
    unescaped = re.sub(r"\\[\\|`*_~\[\]]", "·", told)
    assert not WOULD_LINK.search(unescaped)


def test_plain_words_and_money_stay_as_they_are() -> None:
    words = "Victim Support – £3,549,244.02 (2031/32), 50% at 10:30; No. 5"
    assert markdown_cell(words) == words


def test_github_commands() -> None:
    assert as_github(ALL) == (
        "::error file=data/wm/stated_figures.csv,line=3,title=R21-totals amount::"
        "The total is off by £0.01. Value: '3549244.03'. Mend: correct the amount.\n"
        "::warning file=data/wm/awards.csv,line=12,title=odd::Odd. Mend: look.\n"
        "::notice file=data/wm/datapackage.json,title=gap::Missing. Mend: add it.\n"
        "1 error, 1 warning, 1 gap.\n"
    )


def test_github_commands_are_escaped() -> None:
    evil = Finding(
        code="c:d",
        severity=Severity.ERROR,
        file="a,b:c%.csv",
        message="50% off\r\n::error::no",
        mend="m\nn",
        row=2,
        column="x,y",
        value="v\n::warning::w",
    )
    assert as_github([evil]) == (
        "::error file=a%2Cb%3Ac%25.csv,line=2,title=c%3Ad x%2Cy::"
        "50%25 off%0D%0A::error::no Value: 'v\\n::warning::w'. Mend: m%0An\n"
        "1 error.\n"
    )


@given(FINDINGS)
def test_each_github_command_is_one_line(findings: list[Finding]) -> None:
    lines = as_github(findings).removesuffix("\n").split("\n")
    assert len(lines) == len(findings) + 1
    assert "\r" not in "".join(lines)
    for line in lines[:-1]:
        properties, _, _ = line.removeprefix("::").partition("::")
        assert re.fullmatch(
            r"(error|warning|notice) file=[^,:]+(,line=\d+)?,title=[^,:]+", properties, re.DOTALL
        )


@pytest.mark.parametrize("form", sorted(set(RENDERERS) - {"json"}))
def test_beyond_two_hundred_findings_are_counted(form: str) -> None:
    text = RENDERERS[form](MANY)
    assert text.count("Wrong.") == SHOWN
    assert "and 34 more\n" in text
    assert "234 errors." in text
    assert "more" not in RENDERERS[form](MANY[:SHOWN])


def test_json_cuts_nothing() -> None:
    assert len(json.loads(as_json(MANY))["findings"]) == len(MANY)
