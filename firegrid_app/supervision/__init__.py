"""The leader's view of walks: who has started, what is flagged, unannounced checks."""
