"""Roads as lines: brought in from files, drawn quietly below the grids, taken along and away."""
