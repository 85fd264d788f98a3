"""The secretary's desk: grids of today as a map and as a list."""
