"""Other systems of the city: Open311, and who of them may send in."""
