"""Field work of a workday: patrols, check points, minutes."""
