"""The use cases: the one door through which both front ends go."""
