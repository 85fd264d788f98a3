"""Warnings and notices from above, passed down the grids and on to residents."""
