"""Rigs: what a measurement stands on, whatever is measured."""
