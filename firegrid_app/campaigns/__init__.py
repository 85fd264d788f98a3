"""Campaigns at doors: what is asked, where, until when, and how far it is."""
