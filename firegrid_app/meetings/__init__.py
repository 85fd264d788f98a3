"""Meetings of a grid: planned, held, minuted; what was decided becomes duties and is followed."""
