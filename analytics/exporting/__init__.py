"""Events leave as files: JSON Lines that `import_events` reads, and Parquet."""
