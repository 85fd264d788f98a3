"""Tests of check points."""
