"""Events from elsewhere."""
