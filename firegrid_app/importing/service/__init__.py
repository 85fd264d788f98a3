"""Use cases of import: read the files, check all of them, then write all or nothing."""

from firegrid_app.importing.service.run import Files, import_files, read_files

__all__ = ["Files", "import_files", "read_files"]
