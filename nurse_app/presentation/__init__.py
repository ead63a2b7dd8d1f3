"""From state to what a screen shows: frozen views and words; no Qt, no disk."""
