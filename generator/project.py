"""The folder that a site is built from, and its configuration."""

from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.descriptor import display_path
from generator.errors import UsageProblem

DOCS, CONFIG = "docs", "mkdocs.yml"
"""Names in this folder, and in the one that the site builder is run in."""


class Project(Struct, frozen=True):
    """The folder that a site is built from: its mkdocs.yml and docs/."""

    folder: Path

    @property
    def config(self) -> Path:
        """The site's own configuration."""
        return self.folder / CONFIG

    @property
    def docs(self) -> Path:
        """The hand-written pages."""
        return self.folder / DOCS

    @property
    def data(self) -> Path:
        """The data packages."""
        return self.folder / "data"


def read_config(project: Project) -> dict[str, Any]:
    """The project's mkdocs.yml. Raises UsageProblem when it can't be used."""
    if not project.config.is_file():
        raise UsageProblem(
            f"There is no {CONFIG} in {project.folder}.",
            "run the command in your site's folder, or name it with --project.",
        )
    import yaml

    from generator import yaml_text

    try:
        text = project.config.read_text(encoding="utf-8")
        yaml_text.must_be_plain(text, display_path(project.config))
        config = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise UsageProblem(
            f"{project.config} can't be read: {fault}", "mend the YAML at the line it names."
        ) from fault
    if not isinstance(config, dict):
        raise UsageProblem(f"{project.config} is empty.", "restore it from the template.")
    if "INHERIT" in config:  # MkDocs would read any file of the machine, and obey it
        raise UsageProblem(
            f'{display_path(project.config)}: "INHERIT" takes settings from another file.',
            f"write those settings into {CONFIG} itself, and take that line out.",
        )
    if not isinstance(config.get("theme") or {}, str | dict):
        raise UsageProblem(
            f'{project.config}: "theme" is neither a name nor settings.', 'write "name: material".'
        )
    return config


def address_of(project: Project, base_url: str | None) -> str | None:
    """The whole site's address: as given, else as the project's configuration has it.

    A package's own is that of its site elsewhere.
    """
    stated = read_config(project).get("site_url")
    return base_url or (stated if isinstance(stated, str) and stated else None)
