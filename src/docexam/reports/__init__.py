"""One report model and its writers."""
