"""Training of the network that looks for seals; not installed with the program."""
