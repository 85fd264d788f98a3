"""Grids, people, premises and doors from files, checked wholly before anything is written."""
