"""Photos: turned upright, stripped, shrunk, hashed, kept."""
