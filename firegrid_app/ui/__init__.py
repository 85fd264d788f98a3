"""The frame around every page, and texts as Vars."""
