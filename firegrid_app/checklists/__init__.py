"""Checklists by kind of place: what to look at, and the hazard each fault is."""
