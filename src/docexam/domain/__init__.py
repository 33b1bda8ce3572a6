"""Pure ideas of document examination: standard library only."""
