"""One target, fuzzed by libFuzzer until its time is over: `python -m fuzz.one TARGET OPTIONS…`."""

import sys

import atheris

with atheris.instrument_imports(include=["generator"]):
    from fuzz.targets import TARGETS

if __name__ == "__main__":
    _, name, *options = sys.argv
    atheris.Setup([name, *options], TARGETS[name])
    atheris.Fuzz()
