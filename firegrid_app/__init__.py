"""FireGrid: the daily instrument of community fire-safety grids."""
