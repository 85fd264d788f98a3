"""Paper: PDFs with their fonts inside, set by Typst from a room's own templates."""
