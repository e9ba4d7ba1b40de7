"""Buyers who are not there: a seeded model of how people watch, tap, buy and ask for help."""
