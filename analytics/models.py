"""Journeys and counts; see the builder's note."""
