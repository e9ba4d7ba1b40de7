"""Experiments read: who was exposed, what they did, whether it helped, and whether the comparison can be trusted."""
