"""Tests: one folder per room, the cast they all play with, and journeys in a real browser."""
