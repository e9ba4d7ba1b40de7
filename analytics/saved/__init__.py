"""Reports that somebody named and kept, beside those that are always there."""

from analytics.saved.registry import complete, counted, every_funnel, find, is_counted

__all__ = ["complete", "counted", "every_funnel", "find", "is_counted"]
