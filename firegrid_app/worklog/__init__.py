"""The work record of a grid: a month day by day, from what was recorded anyway (YC-35)."""
