"""Benchmarks: `make bench`. They live apart from the tests, and import the product as users do."""
