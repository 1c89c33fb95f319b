"""How well the tests hold the heart of the program: small faults are put in, and must be noticed.

No part of the program. `docs/develop/mutation.md` explains it.
"""
