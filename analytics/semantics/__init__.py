"""What a funnel is, and what "reached" means. Pure."""
