"""Records whose place or time looks odd: kept, flagged, looked at by a person."""
