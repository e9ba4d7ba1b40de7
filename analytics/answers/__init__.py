"""What may be asked of journeys and counts, and what they answer."""
