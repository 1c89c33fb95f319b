"""What the commands that edit a package share: it is opened whole or not at all."""

from pathlib import Path

import click

from generator import formatting, lock, package
from generator.descriptor import paths_of
from generator.draft import Draft, of_package
from generator.errors import UnreadablePackage
from generator.package import DataPackage


def alone(*folders: Path) -> None:
    """Let no other command edit these packages before this one has ended. Raises Busy."""
    context = click.get_current_context()
    context.with_resource(lock.held(folders, f"purse {context.info_name}"))


def contents_of(found: DataPackage) -> dict[str, bytes]:
    """Each table's file as it lies in the package's folder, by resource, where it is one file."""
    named = {str(one.get("name")): paths_of(one) for one in found.descriptor["resources"]}
    return {
        name: (found.folder / named[name][0]).read_bytes()
        for name in found.tables
        if len(named[name]) == 1
    }


def opened(folder: Path) -> tuple[DataPackage, Draft]:
    """A package, and the draft to edit.

    Raises UnreadablePackage when some of a file would be lost by writing it again.
    """
    found = package.read(folder)
    for fault in formatting.whole(found, contents_of(found)):
        raise UnreadablePackage(
            fault.file, fault.why.removesuffix("."), f"nothing was changed. {fault.mend}"
        )
    return found, of_package(found)
