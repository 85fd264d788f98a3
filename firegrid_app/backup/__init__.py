"""Everything that was recorded and every photo, kept in a folder and put back from it."""
