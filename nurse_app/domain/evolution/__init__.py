"""How each event changes the state, one module a part of the visit; no rule lives here."""
