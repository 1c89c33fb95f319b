"""`make sbom`: the bill of materials of the program, as CycloneDX JSON.

Made of the lock file and of nothing that differs between machines, so that anybody gets the same
bytes. The library that makes such files is used in the tests, to judge this one; it would be one
more thing to install beside what is released.
"""

import json
import os
import sys
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from generator import __version__
from supply import locked
from supply.locked import PRODUCT, ROOT, Pin

OUT = ROOT / "dist" / f"{PRODUCT}-sbom.json"
_LICENCE = "MIT"
_SURE = {
    "Apache 2.0": "Apache-2.0",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""Names that mean one licence and no other; "BSD License", say, may be one of several."""
_LONG = 100
"""A longer licence is its whole text, not its name."""

Json = dict[str, Any]


class NotInstalled(Exception):
    """What is installed is not what is pinned, so its licence isn't known."""


def _stated(about: metadata.PackageMetadata) -> str:
    """The licence in the words of the package's own metadata; empty when it states none."""
    for field in ("License-Expression", "License"):
        said = " ".join((about[field] or "").split()) if field in about else ""
        if said and said != "UNKNOWN" and len(said) <= _LONG:
            return said
    classifiers = about.get_all("Classifier") or []
    named = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License :: ")]
    return " or ".join(named)


def licences_of(stated: str) -> list[Json]:
    """A licence as CycloneDX has it: by its SPDX id, as an expression, or by its name."""
    if not stated:
        return []
    declared = {"acknowledgement": "declared"}
    try:
        known = str(canonicalize_license_expression(_SURE.get(stated, stated)))
    except InvalidLicenseExpression:
        known = ""
    if not known or "LicenseRef-" in known:
        return [{"license": {"name": stated, **declared}}]
    if " " in known:
        return [{"expression": known, **declared}]
    return [{"license": {"id": known, **declared}}]


def _component(pin: Pin) -> Json:
    found: Json = {
        "type": "library",
        "bom-ref": pin.purl,
        "name": pin.name,
        "version": pin.version,
        "hashes": [{"alg": "SHA-256", "content": one} for one in pin.hashes],
        "purl": pin.purl,
    }
    if pin.marker:  # not installed everywhere, so its licence can't be read everywhere
        found["properties"] = [{"name": f"{PRODUCT}:only-where", "value": pin.marker}]
        return found
    try:
        about = metadata.distribution(pin.name)
    except metadata.PackageNotFoundError:
        raise NotInstalled(f"{pin.name} is not installed") from None
    if about.version != pin.version:
        raise NotInstalled(f"{pin.name} {about.version} is installed, not {pin.version}")
    if licences := licences_of(_stated(about.metadata)):
        found["licenses"] = licences
    return found


def _graph(pins: Sequence[Pin]) -> list[Json]:
    refs = {PRODUCT: (PRODUCT,)} | {
        name: tuple(pin.purl for pin in pins if pin.name == name)
        for name in sorted({pin.name for pin in pins})
    }
    return [
        {
            "ref": ref,
            "dependsOn": sorted(pin.purl for pin in pins if name in pin.needed_by),
        }
        for name, own in refs.items()
        for ref in own
    ]


def _day(given: str) -> str:
    return datetime.fromtimestamp(int(given), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def bill(pins: Sequence[Pin], epoch: str = "") -> bytes:
    """The bill of materials; `epoch` is its date, in seconds, or nothing."""
    said: Json = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            **({"timestamp": _day(epoch)} if epoch else {}),
            "component": {
                "type": "application",
                "bom-ref": PRODUCT,
                "name": PRODUCT,
                "version": __version__,
                "licenses": [{"license": {"id": _LICENCE, "acknowledgement": "declared"}}],
            },
        },
        "components": [_component(pin) for pin in pins],
        "dependencies": _graph(pins),
    }
    # A number of its own, but the same for the same content: a random one would differ each time.
    content = json.dumps(said, sort_keys=True, ensure_ascii=False)
    said["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}"
    return (json.dumps(said, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def main(out: Path = OUT) -> int:
    """Write it, and say what is in it."""
    try:
        pins = locked.read(locked.FOLDER / "site.txt")
        content = bill(pins, os.environ.get("SOURCE_DATE_EPOCH", ""))
    except (locked.Unlocked, NotInstalled) as fault:
        sys.stderr.write(f"No bill of materials: {fault}. Run make install, then try again.\n")
        return 2
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(content)
    where = out.relative_to(ROOT) if out.is_relative_to(ROOT) else out
    sys.stdout.write(f"Wrote {where}: {len(pins)} packages.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
