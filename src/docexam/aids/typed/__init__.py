"""Typed and printed text read by two readers, beside the examiner's own reading."""
