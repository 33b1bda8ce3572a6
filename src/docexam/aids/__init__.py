"""Programs that propose and never decide."""
