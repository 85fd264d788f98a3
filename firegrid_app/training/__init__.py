"""Training on record: courses and who was there, certificates until they expire, drills."""
