"""Premises: nine-small places and others."""
