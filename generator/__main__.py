"""`python -m generator` is the `purse` command."""

from generator.cli import main

main()
