"""Maps: Folium builds them, our own layer draws the grids."""
