"""Ink seals on photographed or scanned pages: where they are, their ink, and their ring."""
