"""Events become journeys, journeys become counts."""
