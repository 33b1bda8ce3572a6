"""Typed and printed text read by Tesseract, beside the examiner's own reading."""
