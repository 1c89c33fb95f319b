"""Templates compiled once."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, FileSystemBytecodeCache

from generator import compiled, kept


def test_what_is_compiled_is_kept_beside_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    cache = compiled.beside()
    assert isinstance(cache, FileSystemBytecodeCache)
    assert cache.directory.endswith("generator/__pycache__")
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert compiled.beside() is None


def test_where_nothing_can_be_kept_templates_are_compiled_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept, "folder", lambda: Path(__file__) / "below-a-file")
    loader = DictLoader({"x": "{{ 1 + words }}"})
    made = Environment(loader=loader, bytecode_cache=compiled.beside(), autoescape=True)
    assert made.get_template("x").render(words=2) == "3"
