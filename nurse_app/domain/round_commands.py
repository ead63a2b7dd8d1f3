"""What a nurse can say of a symptom round."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeenWell:
    """Asked and looked at: no sign. A sign is a reaction, which ``OpenReaction`` opens."""
