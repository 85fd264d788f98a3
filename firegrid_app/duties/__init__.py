"""The workday calendar and what is due."""
