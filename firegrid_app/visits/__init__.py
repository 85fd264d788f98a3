"""Households and door-knocking."""
