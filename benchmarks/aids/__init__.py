"""The benchmark of aids: drawn scenes with their truth, measuring, and the aids' cards."""
