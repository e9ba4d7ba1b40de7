"""Long work in small steps: it can be watched, stopped, and goes on after a worker was killed."""
