"""What `manage.py demo` is made of: checks at the door, first-start work, the programs it runs, the greeting."""
