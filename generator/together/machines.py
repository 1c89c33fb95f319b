"""What leads machines to each publisher's data: one catalogue of all, and `/llms.txt`."""

from msgspec.structs import replace

from generator import urls
from generator.exports.about import READING
from generator.exports.base import Download
from generator.exports.catalogue import dataset, entry
from generator.safety import markdown_line
from generator.together.front import Front


def catalogue(front: Front) -> Download:
    """One DCAT catalogue with a dataset for each package.

    The files of a dataset are in the package's own catalogue, under the same address.
    """

    def page(mount: str) -> str:
        return urls.address(front.base_url, mount + urls.DATA, urls.DATA)

    found = entry(
        front.name,
        page(""),
        dataset=[dataset(one.ledger, (), None, page(one.mount)) for one in front.sites],
        catalog=[{"@id": f"{page(one.mount)}#catalogue"} for one in front.sites],
    )
    return replace(found, description="Each publication as a dataset, for data catalogues (DCAT).")


def llms_txt(front: Front) -> Download:
    """The site's first page for machine readers: whose data is where, and what not to add up."""

    def at(target: str) -> str:
        return urls.address(front.base_url, target, urls.HOME)

    lines = [
        f"# {markdown_line(front.name)}",
        "",
        "> Awards of several publishers. Each publication has pages, data, a licence and an "
        "llms.txt of its own.",
        "",
        "## Before you quote a figure",
        "",
        "- Say whose publication it is from. Nobody has published all of them together.",
        "- Never add up amounts of different currencies, or of different bases "
        "(amount_basis). Compare only within one financial year.",
        *(f"- {subject} {words}" for subject, words in READING),
        "- Recipients of two publications are one only where the table of recipients says so. "
        "The same name alone proves nothing.",
        "",
        "## Publications",
        "",
        *(
            f"- [{markdown_line(site.ledger.package.title)}]({at(site.mount + urls.LLMS)}): "
            f"{markdown_line(publisher.name)}."
            for publisher, site in front.packages.values()
        ),
        "",
        "## Tables across publishers",
        "",
        f"- [Awards]({at(front.awards.path)}): one row an award, with publisher and currency.",
        f"- [Publications]({at(front.publications.path)}): how fresh and how complete each is.",
        f"- [Recipients]({at(front.recipients.path)}): which of them are one organisation.",
        f"- [Catalogue]({at(urls.catalogue())}): the publications for data catalogues (DCAT).",
        "",
    ]
    return Download(
        path=urls.LLMS,
        name="llms.txt",
        title="For machine readers",
        description="Whose data is where, what it means, and what must not be concluded from it.",
        given="\n".join(lines).encode(),
    )
