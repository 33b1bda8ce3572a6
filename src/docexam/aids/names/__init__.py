"""Names against naming systems: which ones parse it, on what grounds; never a nationality."""
