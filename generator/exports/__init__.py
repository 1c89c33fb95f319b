"""The publication in other forms: one module a format or standard."""
