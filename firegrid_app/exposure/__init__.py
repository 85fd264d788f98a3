"""The exposure board (曝光): long-overdue listed hazards of organisations, approved by two."""
