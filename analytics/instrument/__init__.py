"""Whether every step is recorded, and what was lost."""
