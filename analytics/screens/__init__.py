"""What the admin shows of it."""
