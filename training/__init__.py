"""Training of the script aid's network; not installed with the program."""
