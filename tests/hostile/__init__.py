"""Hostile files: whatever arrives, it is told in plain words or read right. See README.md."""
