"""The register of doors: drawn up floor over floor, kept, erased."""
