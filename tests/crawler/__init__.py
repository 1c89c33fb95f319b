"""An independent reader of a built site: shares nothing with the program that built it.

It uses the standard library alone and knows only the contract that the pages keep:
how figures point at rows, where the CSVs stand, and what a sound link is.
Run it with ``python -m tests.crawler SITE``.
"""
