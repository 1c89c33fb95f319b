"""What the program is made of: its bill of materials, and the audit of what it is made of.

It is no part of the program. It reads the lock files in `requirements/`, as `make lock` writes
them.
"""
