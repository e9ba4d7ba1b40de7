"""A step's conversion that leaves its usual band: found once, said once, and said again when it is over."""
