"""Tests of generator/imports/."""
