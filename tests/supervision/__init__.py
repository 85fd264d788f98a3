"""Tests of the leader's view."""
