"""Machine-readable zones: layout, check digits, single misreadings, comparison with the page."""
