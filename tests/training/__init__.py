"""Tests of courses, certificates and drills."""
