"""`purse release`: write the zip of a version and the note that proves it, and list both."""

import hashlib
from pathlib import Path

from msgspec import Struct

from generator import manifest, release_list, urls, write
from generator.descriptor import display_path
from generator.ledger import Ledger
from generator.package import RELEASES
from generator.releases import Edition, edition, listed
from generator.together.mounts import mount_of


class Released(Struct, frozen=True):
    """What a release wrote."""

    edition: Edition
    folder: Path
    manifest_sha256: str | None
    """The hash of the site's manifest; None when the site shows something else."""
    newly_listed: bool


def _manifest_of(site: Path, ledger: Ledger, one: Edition) -> str | None:
    """The hash of the manifest of a site that was built of just this release, and lists it.

    On a site of several packages, the package's own lies in a folder of it.
    """
    package, listing = ledger.package, site / manifest.NAME
    mounted = site / mount_of(package)
    own = mounted if mounted.is_dir() else site
    archive, page = own / urls.archive(package.name), own / urls.RELEASES / "index.html"
    if not all(path.is_file() for path in (archive, listing, page)):
        return None
    shown = one.sha256 in page.read_text(encoding="utf-8", errors="replace")
    with archive.open("rb") as file:
        if not shown or hashlib.file_digest(file, "sha256").hexdigest() != one.sha256:
            return None
    return manifest.sha256(listing.read_bytes())


def release(ledger: Ledger, out: Path, site: Path, url: str | None) -> Released:
    """Write a checked package's release into a folder, and add it to the package's list.

    A version is listed once, when it is first released; its site must be built after that,
    so that it shows the release too. Raises UnsafeTarget when the folder holds another zip of
    this version.
    """
    one = edition(ledger)
    releases = listed(ledger, one, url)
    new = releases != ledger.package.releases
    proof = None if new else _manifest_of(site, ledger, one)
    write.write_beside(out, [(one.zip_name, one.zip)])
    write.put_whole(out, [(one.note_name, one.note(proof))])
    if new:
        listing = release_list.as_json(releases).encode()
        write.update(ledger.package.folder, [(RELEASES, listing)])
    return Released(one, out, proof, new)


def as_text(done: Released) -> str:
    """What was written, and what to do next."""
    one = done.edition
    lines = [
        f"Wrote {display_path(done.folder / one.zip_name)} (SHA-256 {one.sha256})",
        f"and {display_path(done.folder / one.note_name)}.",
    ]
    if done.newly_listed:
        lines.append(
            f"Version {one.version} is now listed in {RELEASES}. Next: build the site, run purse "
            f"release again for the hash of its manifest, commit, and push the tag v{one.version}."
        )
    elif done.manifest_sha256 is None:
        lines.append("The note has no hash of a site: build the site of this version first.")
    else:
        lines.append(f"The site's manifest has the SHA-256 {done.manifest_sha256}.")
    return "\n".join(lines) + "\n"
