"""Published tables: their cells and order, coverage, and sets that are exact."""
