"""Hazards: report, grade, deadline, end."""
