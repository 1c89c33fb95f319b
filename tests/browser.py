"""Find a Chromium for the browser tests, or install one; `make test` runs this first.

It takes an installed one; else, as root with apt-get, Debian's package; else Playwright's
own download; else it says in plain words what to install.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_HELP = """No Chromium was found, and none could be installed.
The browser tests need one. Install it by hand, then run "make test" again:
  Debian or Ubuntu:  sudo apt-get install chromium
  Fedora:            sudo dnf install chromium
  macOS:             brew install --cask chromium
or name one: CHROMIUM=/path/to/chromium make test"""

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).is_file() else None


def find() -> str | None:
    """The path of an installed Chromium."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    found = (shutil.which(name) for name in _NAMES)
    return next((path for path in found if path), None) or _playwrights()


def _run(*command: str) -> bool:
    print("$", " ".join(command), flush=True)
    return subprocess.run(command, check=False).returncode == 0


def install() -> None:
    """Try to install one, by the ways this machine allows."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and shutil.which("apt-get"):
        environment = {"DEBIAN_FRONTEND": "noninteractive"}
        os.environ.update(environment)
        if _run("apt-get", "update", "-qq") and _run("apt-get", "install", "-y", "-qq", "chromium"):
            return
    _run(sys.executable, "-m", "playwright", "install", "chromium")


def main() -> int:
    """Print the browser's path, installing one if need be."""
    path = find()
    if path is None:
        install()
        path = find()
    print(path or _HELP)
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
