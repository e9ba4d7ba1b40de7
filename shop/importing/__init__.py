"""Products from a CSV file, one line per SKU: read, compared with what is there, shown, and then written or not."""
