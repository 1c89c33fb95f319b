"""Workbooks made by hand: packed bombs, cells at the end of the sheet, entities, odd entries."""

import io
import zipfile
import zlib
from collections.abc import Mapping

_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_RELS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_BOOK = (
    f'<workbook {_NS} {_R}><sheets><sheet name="Grants" sheetId="1" r:id="rId1"/></sheets>'
    "</workbook>"
)
_BOOK_RELS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
    f'Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these entries."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def xlsx(rows: str, head: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A workbook of one sheet with these rows as XML."""
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELS,
            "xl/workbook.xml": _BOOK,
            "xl/_rels/workbook.xml.rels": _BOOK_RELS,
            SHEET: f"{head}<worksheet {_NS}><sheetData>{rows}</sheetData></worksheet>",
            **(more or {}),
        }
    )


def text_cell(place: str, text: str) -> str:
    """A cell that holds its own text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


ROWS = (
    f'<row r="1">{text_cell("A1", "Title")}{text_cell("B1", "Amount")}</row>'
    f'<row r="2">{text_cell("A2", "Pond")}{text_cell("B2", "12")}</row>'
)


def ods(table: str) -> bytes:
    """An ODS workbook of one sheet with these rows as XML."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0" office:version="1.3">'
        f'<office:body><office:spreadsheet><table:table table:name="Grants">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0"/>',
            "content.xml": content,
        }
    )


def ods_cell(text: str, repeated: int = 1) -> str:
    """A cell of an ODS sheet, so many times beside each other."""
    return (
        f'<table:table-cell table:number-columns-repeated="{repeated}" office:value-type="string">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def lying(data: bytes, name: str, claimed: int) -> bytes:
    """The zip with an entry said to unpack to so many bytes, in both of the places that say it."""
    changed = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo(name)
    changed[entry.header_offset + 22 : entry.header_offset + 26] = claimed.to_bytes(4, "little")
    at = data.index(b"PK\x01\x02")
    while changed[at + 46 : at + 46 + len(name)] != name.encode():
        at = data.index(b"PK\x01\x02", at + 4)
    changed[at + 24 : at + 28] = claimed.to_bytes(4, "little")
    return bytes(changed)


def packed_spaces(megabytes: int) -> bytes:
    """So many megabytes of spaces, packed a thousand times smaller."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(
        [*(packer.compress(b" " * 1_000_000) for _ in range(megabytes)), packer.flush()]
    )
