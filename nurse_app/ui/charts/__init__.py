"""Drawings over time with pyqtgraph. Importing a module of this package loads it: only for a page that shows curves."""
