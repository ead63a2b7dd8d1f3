"""What each command leads to, one module a part of the visit; the only place that refuses."""
