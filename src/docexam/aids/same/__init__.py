"""What stands twice: a seal, portrait, page or piece of handwriting in two places."""
