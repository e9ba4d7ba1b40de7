"""The floor: what Django costs for a page of three queries, a template and the usual five middlewares, and no more."""
