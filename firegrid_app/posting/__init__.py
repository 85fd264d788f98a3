"""What hangs on walls and is handed out: decided field by field, printed, kept track of."""
