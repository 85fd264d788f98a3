"""Log-in, sessions, posts, and who may do what in which grids."""
