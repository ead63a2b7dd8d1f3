"""Symptom rounds: asked and looked, while the drug runs, is flushed in, or the patient is watched."""

from nurse_app.domain import events as e
from nurse_app.domain.deciding.outcome import Context, Deciders, Reason, Rejected, Verdict
from nurse_app.domain.round_commands import SeenWell


def _well(_command: SeenWell, context: Context) -> Verdict:
    # An extra look is never wrong, so it need not be due; in a reaction its own signs and vital signs tell.
    if context.state.phase not in ("infuse", "flush", "observe"):
        return Rejected(Reason.WRONG_STEP)
    return (e.RoundDone(),)


DECIDERS: Deciders = {SeenWell: _well}
