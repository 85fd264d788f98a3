"""Orders of the hotline 12345: in by file and by other systems, their answers out."""
