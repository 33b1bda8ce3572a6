"""Numbers and dates on documents: formats by kind, impossible days, order of entries."""
