"""Where faces are, by networks of an optional package; it compares and identifies nobody."""
