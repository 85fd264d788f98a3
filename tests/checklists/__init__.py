"""Tests of the checklists."""
