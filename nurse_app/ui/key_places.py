"""Where the keys lead that work on every screen."""

from nurse_app.presentation import intents as i
from nurse_app.visit.open_visit import OpenVisit


def place_for_key(key: str, place: i.Navigation, visit: OpenVisit | None) -> i.Intent | None:
    """Where a key leads from ``place``; ``visit`` is the one on screen. None: nowhere."""
    if key == "F4":
        return i.GoHome()
    if visit is None:
        of_home: dict[str, i.Intent] = {"F3": i.GoToReports(), "F9": i.GoToSoundTest()}
        return of_home.get(key) if isinstance(place, i.GoHome) else None
    patient_id = visit.state.patient_id
    places: dict[str, i.Intent] = {
        "F5": i.GoToTrends(patient_id),
        "F3": i.GoToPatient(patient_id),
        "F7": i.GoToRecord(place.visit_id if isinstance(place, i.GoToVisit | i.GoToRecord) else ""),
        "F9": i.OpenSheet(i.SheetKind.NOTE),
    }
    return places.get(key)
