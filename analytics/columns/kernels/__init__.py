"""The walkers of walking.py, attempts.py and chains.py once more, compiled. Imported only when there is much to walk.

Each walks the chosen units and writes what it found: the bit of a step into `reached`, the microseconds since the step
before into `gaps`, and the time of the first step into `entries`. `columns` says which step of the funnel a place is;
-1: it is not reported.
"""
