"""Whole screens: a frame, its pages and sheets. Screens do not know each other; the controller changes them."""
