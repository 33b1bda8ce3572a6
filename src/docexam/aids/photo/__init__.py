"""Whether a photograph is there: on a page, or in a place that a person points at."""
