"""Journeys as columns: derived files, one a UTC day, which compiled code walks. Any of them may be thrown away."""
