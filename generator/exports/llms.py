"""`/llms.txt`: what a machine reader must know before it quotes a figure, and where the data is."""

from collections.abc import Sequence

from generator import urls
from generator.exports.about import READING, about
from generator.exports.base import Download
from generator.ledger import Ledger
from generator.safety import markdown_line


def llms_txt(ledger: Ledger, files: Sequence[Download], base_url: str | None) -> Download:
    """The site's first page for machine readers: the data, what it means, what not to conclude.

    It leads only to those downloads that are among the files.
    """
    facts, made = about(ledger), {one.path for one in files}
    first = {one.part.table.path: one.part for one in reversed(files) if one.part}

    def at(target: str) -> str:
        return urls.address(base_url, target, urls.HOME)

    def link(words: str, target: str, note: str) -> str:
        return f"- [{words}]({at(target)}): {note}"

    def table(words: str, name: str, note: str) -> str:
        path = urls.resource_csv(facts.name, name)
        part = first.get(path)
        if part is None:
            return link(words, path, note)
        count = len(part.table.files)
        return link(words, part.path, f"{note} The first of {count} files with the same columns.")

    name = facts.name
    lines = [
        f"# {markdown_line(ledger.package.settings.site_name)}",
        "",
        f"> {markdown_line(facts.said)}",
        "",
        *(f"- {label}: {markdown_line(words)}" for label, words in facts.facts),
        "",
        "## Before you quote a figure",
        "",
        *(f"- {subject} {words}" for subject, words in READING),
        '- Say which figure it is: "at least" or "named in awards worth". Say "not published" '
        "where the source is silent; don't fill the gap.",
        "- Every figure on a page is a `<data>` element that names the rows it comes from. Quote "
        "the page's address with it.",
        *(
            ()
            if facts.official
            else ("- Don't say that the publisher published this site: it is unofficial.",)
        ),
        "",
        "## Data",
        "",
        table("Awards, joined", "awards_joined", "one row an award, names beside ids."),
        table("By recipient", "by_recipient", "at_least and named_in, side by side."),
        table("By fund", "by_fund", "awards and money, and what has no fund."),
        *(
            link(words, target, note)
            for words, target, note in (
                (
                    "Everything as JSON",
                    urls.publication_json(name),
                    "awards with all that hangs on them.",
                ),
                ("SQLite", urls.sqlite(name), "every table with its keys."),
            )
            if target in made
        ),
        link("Descriptor", urls.descriptor(name), "every file with its schema, size and SHA-256."),
        link("All files", urls.DATA, "every table in each format; licence and how to cite."),
        link("Catalogue", urls.catalogue(), "the same for data catalogues (DCAT)."),
        "",
        "## Meaning",
        "",
        link(
            "Data dictionary", urls.DICTIONARY, "each table and field, its codes, how often filled."
        ),
        link(
            "How to read this site", urls.HOW_TO_READ, "shared awards, two figures, missing values."
        ),
        link(
            "Use the data", urls.USE_THE_DATA, "addresses that stay, code, how figures are traced."
        ),
        "",
        "## Caveats",
        "",
        link(
            "What is not published", urls.QUALITY, "how often each detail is there, and findings."
        ),
        link("Money", urls.MONEY, "claims about the totals, recomputed; open questions."),
        link(
            "Unnamed recipients",
            urls.profile("recipients", urls.NOT_PUBLISHED),
            "money that names nobody.",
        ),
        "",
    ]
    return Download(
        path=urls.LLMS,
        name="llms.txt",
        title="For machine readers",
        description="Where the data is, what it means, and what must not be concluded from it.",
        given="\n".join(lines).encode(),
    )
