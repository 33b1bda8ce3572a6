"""What stands twice: a seal, portrait or page that two places have in common."""
