"""The inline panels that take the place of the middle column; never a box of their own."""
