"""Everything that opens an image."""
