"""Shouts: safety words called out in the field."""
