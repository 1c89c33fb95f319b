"""Templates compiled once: see `kept.py`."""

from contextlib import suppress

import jinja2
from jinja2.bccache import Bucket

from generator import kept


class _Beside(jinja2.FileSystemBytecodeCache):
    """Keeps them in a folder of the program; where that can't be written to, it keeps none."""

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def beside() -> jinja2.BytecodeCache | None:
    """What keeps compiled templates; None where they are compiled each time."""
    where = kept.folder()
    if where is None:
        return None
    with suppress(OSError):
        where.mkdir(exist_ok=True)
    return _Beside(str(where), f"%s-jinja2-{jinja2.__version__}.bin")
