"""Benchmarks: side by side in one run, as ratios. `make bench` prints the table and writes docs/benchmarks.md."""
