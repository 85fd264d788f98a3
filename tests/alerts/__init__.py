"""Warnings and notices: issued, read, passed on, counted."""
