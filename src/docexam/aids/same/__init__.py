"""What stands twice: a seal, portrait, signature or page that two places have in common."""
