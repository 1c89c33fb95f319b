"""Accessible pictures of published figures, as SVG that stands in a page."""
