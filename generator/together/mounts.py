"""Where each package's own site lies on a site of several: below its publisher."""

from collections.abc import Sequence

from generator import urls
from generator.descriptor import display_path
from generator.errors import UsageProblem
from generator.package import DataPackage
from generator.slugs import slug


def publisher_id(package: DataPackage) -> str:
    """The publisher's id as part of an address."""
    return slug(package.settings.publisher_id)


def mount_of(package: DataPackage) -> str:
    """The folder of a package's site."""
    return urls.mount(publisher_id(package), package.name)


def _refused(one: DataPackage, other: DataPackage, said: str, mend: str) -> UsageProblem:
    folders = " and ".join(display_path(each.folder) for each in (one, other))
    return UsageProblem(f"{folders} {said}", mend)


def mounts(packages: Sequence[DataPackage]) -> tuple[str, ...]:
    """The folder of each package's site. Raises UsageProblem when two can't be told apart."""
    names, publishers = dict[str, DataPackage](), dict[str, DataPackage]()
    for one in packages:
        if (other := names.setdefault(one.name, one)) is not one:
            raise _refused(
                other,
                one,
                f"are both called {one.name}.",
                'give each a "name" of its own in its datapackage.json.',
            )
        id, settings = publisher_id(one), one.settings
        if not id:
            raise UsageProblem(
                f"{display_path(one.folder)}: the publisher's id has no letter or digit.",
                "give it one of small letters, digits and hyphens in datapackage.json.",
            )
        other = publishers.setdefault(id, one)
        if other.settings.publisher_name != settings.publisher_name:
            raise _refused(
                other,
                one,
                f"give two publishers the id {id}: {other.settings.publisher_name} and "
                f"{settings.publisher_name}.",
                "write the same name in both, or give each publisher its own id.",
            )
    return tuple(map(mount_of, packages))
