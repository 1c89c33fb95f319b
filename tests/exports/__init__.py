"""The exports, read back with other programs."""
