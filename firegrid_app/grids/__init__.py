"""The tree of grids: outlines, import, coverage."""
