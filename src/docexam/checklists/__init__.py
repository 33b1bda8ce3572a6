"""Checklist files become checklists: reading, positions, faults, schema."""
