"""Takes in the file a phone wrote of its unsent work, handed over by whoever leads the grid."""
