"""Tests of what hangs on walls."""
