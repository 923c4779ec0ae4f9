"""Holds `functional`."""
