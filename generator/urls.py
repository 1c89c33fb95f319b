"""Where everything lives on the site. Every path, link and anchor comes from here.

A site path has no leading slash: `""` is the home page, `awards/` a list, `awards/x/` a
page, `awards/awards.csv` a file.
"""

from urllib.parse import quote, urlencode

HOME = ""
MONEY = "money/"
QUALITY = "quality/"
COMMISSIONING = "commissioning/"
OUTCOMES = "outcomes/"
DUTIES = "duties/"
WITHDRAWN = "withdrawn"
DATA = "data/"
DICTIONARY = "data/dictionary/"
LLMS = "llms.txt"
ASSETS = "assets/"
RELEASES = "data/releases/"
CHANGES = "changes/"
HOW_IT_WORKS = "how-it-works/"
NOT_PUBLISHED = "not-published"
HOW_TO_READ = "how-to-read/"
USE_THE_DATA = "use-the-data/"
CORRECTIONS = "corrections/"
PRIVACY = "privacy/"
ACCESSIBILITY = "accessibility/"
SEARCH = "search/"
FIND = "find/"
"""The page that leads to the row of what has no page of its own."""
GLOSSARY = "glossary/"
PUBLISHERS = "publishers/"
"""On a site of many publishers: who publishes. Each package's own site lies below it."""
COMPARE = "compare/"
ICON = "assets/icon.svg"
ICON_PNG = "assets/icon.png"
SOCIAL = "assets/social.png"
_PAGE = "page-"


FOLDERS = (
    *("areas", "awards", "changes", "commissioning", "data", "duties", "find", "funds"),
    *(
        "how-it-works",
        "money",
        "objectives",
        "outcomes",
        "programmes",
        "quality",
        "recipients",
        "search",
    ),
    *("themes", "topics", "years"),
)
"""The folders at the top that hold generated pages: each its own page, and perhaps more below."""
SHARED_FOLDERS = ("compare", "data", "publishers", "recipients", "search")
"""The same, of what the publishers on one site share."""


def publisher(id: str) -> str:
    """The page of a publisher among several."""
    return f"{PUBLISHERS}{id}/"


def mount(publisher: str, package: str) -> str:
    """Where a package's own site lies on a site of several."""
    return f"{PUBLISHERS}{publisher}/{package}/"


def shared_csv(page: str, name: str) -> str:
    """A table across packages, beside the page that it belongs to."""
    return f"{page}{name}.csv"


def family(name: str) -> str:
    """The list of a family of pages: `awards/`."""
    return f"{name}/"


def profile(name: str, id: str) -> str:
    """One page of a family: `awards/2020-21-v01/`."""
    return f"{name}/{id}/"


def list_page(name: str, number: int) -> str:
    """A page of the list of a family, from 1: `awards/`, `awards/page-2/`."""
    return family(name) if number == 1 else f"{name}/{_PAGE}{number}/"


def is_list_page(id: str) -> bool:
    """Whether an award or a recipient of this id would have the address of a page of the list."""
    return id.startswith(_PAGE) and id.removeprefix(_PAGE).isdigit()


def explorer(file: str) -> str:
    """A file of the script that filters the list of awards, or of its data."""
    return f"assets/explorer/{file}"


def search(file: str) -> str:
    """A file of the search's script."""
    return f"assets/search/{file}"


def search_engine(file: str) -> str:
    """A file of the search's index, or of the library that reads it."""
    return search(f"pagefind/{file}")


def awards_csv(page: str) -> str:
    """The CSV of awards beside a page that lists awards."""
    return f"{page}awards.csv"


def picture_csv(page: str, name: str) -> str:
    """The table behind a picture, beside the page that shows it."""
    return f"{page}{name}.csv"


def charts_style() -> str:
    """The style of pictures, loaded by pages that have one."""
    return "assets/charts.css"


def coverage_csv() -> str:
    """The table behind the coverage figures."""
    return f"{QUALITY}coverage.csv"


def changes_csv() -> str:
    """The record of changes as a table."""
    return f"{CHANGES}changes.csv"


def contract(id: str) -> str:
    """A contract's place on the page of contracts."""
    return f"{COMMISSIONING}#contract-{id}"


def feed(page: str) -> str:
    """The Atom feed beside a page."""
    return f"{page}feed.xml"


def package_folder(package: str) -> str:
    """Where a package's downloads live; promised stable."""
    return f"{DATA}v1/{package}/"


def resource_csv(package: str, resource: str) -> str:
    """A resource as published."""
    return f"{package_folder(package)}{resource}.csv"


def table_part(table: str, number: int) -> str:
    """A part, from 1, of a table that has too many rows for one file: `awards/awards-1.csv`.

    The folder is the table's own, so no other table's file can have this address.
    """
    folder = table.removesuffix(".csv")
    return f"{folder}/{folder.rpartition('/')[2]}-{number}.csv"


def descriptor(package: str) -> str:
    """The published descriptor."""
    return f"{package_folder(package)}datapackage.json"


def archive(package: str) -> str:
    """The whole package as one zip."""
    return f"{package_folder(package)}{package}.zip"


def dictionary(table: str) -> str:
    """What a table's fields mean."""
    return f"{DICTIONARY}#table-{table}"


def workbook(package: str) -> str:
    """Every table as one Excel workbook."""
    return f"{package_folder(package)}{package}.xlsx"


def publication_json(package: str) -> str:
    """The whole publication as one JSON document."""
    return f"{package_folder(package)}{package}.json"


def sqlite(package: str) -> str:
    """Every table in one SQLite file."""
    return f"{package_folder(package)}publication.sqlite"


def parquet(package: str, table: str) -> str:
    """A table as Parquet."""
    return f"{package_folder(package)}{table}.parquet"


def csvw(package: str, table: str) -> str:
    """What a CSV's columns mean, where CSV on the Web looks for it."""
    return f"{resource_csv(package, table)}-metadata.json"


def csvw_parts(package: str, table: str) -> str:
    """What the columns of a table in parts mean, where CSV on the Web looks for it."""
    return f"{package_folder(package)}{table}/csv-metadata.json"


def csvw_group(package: str) -> str:
    """What the columns of all CSVs mean."""
    return f"{package_folder(package)}csv-metadata.json"


def catalogue() -> str:
    """The site's entry for data catalogues."""
    return f"{DATA}catalog.jsonld"


def glossary(term: str) -> str:
    """Where a word is explained."""
    return f"{GLOSSARY}#{term}"


def how_it_works(page: str) -> str:
    """A page of the publisher's own text."""
    return f"{HOW_IT_WORKS}{page}/"


def source_file(page: str) -> str:
    """The Markdown file, below the builder's docs folder, that becomes a page."""
    return f"{page}index.md"


def row_anchor(page: str) -> str:
    """The anchor of the row that stands for a profile: `award-2020-21-p01`."""
    family, id, _ = page.split("/")
    return f"{family.removesuffix('s')}-{id}"


def found_in(number: int) -> str:
    """A file of the index from permanent addresses to rows."""
    return f"{FIND}{number}.json"


def find(page: str) -> str:
    """Where a permanent address leads on to its row."""
    return f"{FIND}#{page}"


def page_file(page: str) -> str:
    """The file that a page is on the site."""
    return f"{page}index.html"


def relative(here: str, target: str) -> str:
    """The link from one page to a page or file, whatever the site's own address is."""
    top, mark, _ = here.partition("/")
    if mark and not target.startswith((top, "#")):  # most links lead to another folder of the top
        return "../" * here.count("/") + target
    path, mark, anchor = target.partition("#")
    if path == here and mark:
        return mark + anchor
    there, from_here = path.split("/"), here.split("/")
    same = 0
    while same < min(len(there), len(from_here)) - 1 and there[same] == from_here[same]:
        same += 1
    link = "../" * (len(from_here) - 1 - same) + "/".join(there[same:])
    return (link or "./") + mark + anchor


def beside(here: str) -> str:
    """A page beside another, below the same folder: links to all else are written alike there."""
    folder, mark, _ = here.rstrip("/").rpartition("/")
    return f"{folder}{mark}*/" if here else here


def address(base_url: str | None, target: str, here: str) -> str:
    """Where a page or file is: on the site's own address if that is known, else from `here`."""
    if base_url:
        return f"{base_url.rstrip('/')}/{target}"
    return relative(here, target)


LONGEST_TITLE = 100
"""Characters of a page's title that a report quotes."""


def new_issue(repository: str, title: str, page: str) -> str:
    """The form for a correction in a repository on GitHub, with the page filled in."""
    asked = {"template": "correction.yml", "title": f"Mistake: {title[:LONGEST_TITLE]}"}
    return f"{repository.rstrip('/')}/issues/new?{urlencode({**asked, 'page': page})}"


def mail(to: str, subject: str, page: str) -> str:
    """A letter by e-mail about a page, begun."""
    body = f"Page: {page}\r\n\r\nWhat is wrong:\r\n\r\nWhere it is stated:\r\n"
    asked = {"subject": subject[:LONGEST_TITLE], "body": body}
    return f"mailto:{quote(to, safe='@')}?{urlencode(asked, quote_via=quote)}"
