"""What happened in a symptom round: somebody asked the patient and looked at the skin and the site."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoundDone:
    """The round was done. ``well``: nothing was said and nothing was seen; a sign opens a reaction instead."""

    well: bool = True
