"""Old stored forms of an event, lifted step by step to today's: one pure function for each kind and schema."""

from collections.abc import Callable, Mapping

Step = Callable[[Mapping[str, object]], Mapping[str, object]]


def _nobody_looked_at_the_clocks(data: Mapping[str, object]) -> Mapping[str, object]:
    return {**data, "last_seen": None}


def _no_file_had_it(data: Mapping[str, object]) -> Mapping[str, object]:
    return {**data, "text": None}


# (kind, the schema that a step starts from) -> the step to the schema after it.
STEPS: Mapping[tuple[str, int], Step] = {
    ("visit-reopened", 1): _nobody_looked_at_the_clocks,
    ("lab-result-recorded", 1): _no_file_had_it,
}


class UpcastChain:
    """The steps of all kinds. A kind without steps is at schema 1. Raises ValueError when a step is missing between."""

    def __init__(self, steps: Mapping[tuple[str, int], Step]) -> None:
        self._steps = dict(steps)
        for kind, schema in steps:
            if schema != 1 and (kind, schema - 1) not in steps:
                raise ValueError(f"there is no step for {kind} from schema {schema - 1}")

    def schema_of(self, kind: str) -> int:
        """The schema that this program writes."""
        schema = 1
        while (kind, schema) in self._steps:
            schema += 1
        return schema

    def lift(self, kind: str, schema: int, data: Mapping[str, object]) -> Mapping[str, object]:
        """Data of an older ``schema`` in today's form."""
        while (step := self._steps.get((kind, schema))) is not None:
            data = step(data)
            schema += 1
        return data
