"""What a file may say: columns, values, and how rows must fit each other and the tree of grids."""
