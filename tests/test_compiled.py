"""Templates compiled once."""

import pytest
from jinja2 import DictLoader, Environment, FileSystemBytecodeCache

from generator import compiled


def environment(folder: str) -> Environment:
    return Environment(
        loader=DictLoader({"x": "{{ 1 + words }}"}),
        bytecode_cache=compiled.beside(folder),
        autoescape=True,
    )


def test_what_is_compiled_is_kept_beside_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    cache = compiled.beside("templates")
    assert isinstance(cache, FileSystemBytecodeCache)
    assert cache.directory.endswith("generator/templates/__pycache__")


def test_where_nothing_can_be_kept_templates_are_compiled_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert compiled.beside("templates") is None
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    a_file = environment("templates/home.md")  # so no folder can be made below it
    assert a_file.get_template("x").render(words=2) == "3"
