"""The recall list: who is on it, in what order, and how it is printed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from nurse_app import __version__
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.provenance import Approval
from nurse_app.presentation.recall import MOST_ROWS, RecallList, present_recall, recall_document, recall_list

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
Summary = dict[str, str | int | bool | None]


def on(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def patient(name: str = "SAMPLE, Patient One", record_no: str = "TRN000417", **more: str | bool | None) -> Summary:
    summary: Summary = {"record_no": record_no, "name": name, "flag": "no", "sample": False}
    return summary | {"last_infusion": "2026-10-25T23:00:00+00:00"} | more


def found(protocol: InfusionProtocol, **patients: Summary) -> RecallList:
    return recall_list(patients, TODAY, protocol)


def due(**items: str | None) -> Summary:
    return {f"due:{name.replace('_', '-')}": days for name, days in items.items()}


@pytest.mark.parametrize(
    ("items", "words"),
    [
        (due(mri=None), "Brain MRI never done"),
        (due(mri=on(-1)), "Brain MRI overdue since 21-Nov-2026"),
        (due(mri=on(0)), "Brain MRI due today"),
        (due(mri=on(14)), "Brain MRI due 06-Dec-2026"),
        (due(mri=on(15)), None),
        (due(next_infusion=f"{on(14)}/{on(20)}"), "Next infusion due 06-Dec-2026"),
        (due(next_infusion=f"{on(15)}/{on(21)}"), None),
        (due(pml_watch=on(3)), None),
        (due(follow_up=on(3)), "Follow-up after stopping due 25-Nov-2026"),
        ({}, None),
    ],
)
def test_who_is_on_the_list(protocol: InfusionProtocol, items: Summary, words: str | None) -> None:
    rows = found(protocol, p=patient() | items).rows
    assert [row.words for row in rows] == ([] if words is None else [words])


def test_a_patient_has_one_line_with_everything(protocol: InfusionProtocol) -> None:
    items = due(mri=on(-1), edss=None, liver=on(3), jcv=on(90))
    (row,) = found(protocol, p=patient() | items).rows
    assert row.words == (
        "Brain MRI overdue since 21-Nov-2026 · EDSS and relapses never done · Liver tests due 25-Nov-2026"
    )
    assert (row.name, row.record_no, row.last_infusion) == ("SAMPLE, Patient One", "TRN000417", "25-Oct-2026")
    assert row.tone == "caution"


def test_what_comes_first_stands_first_then_the_name(protocol: InfusionProtocol) -> None:
    view = found(
        protocol,
        soon=patient("SAMPLE, A") | due(mri=on(3)),
        late=patient("SAMPLE, B") | due(mri=on(-30)),
        held=patient("SAMPLE, C") | due(risk_talk=on(-1)),
        reminder=patient("SAMPLE, D") | due(edss=on(-300)),
        later=patient("SAMPLE, F") | due(mri=on(-2)),
        also=patient("SAMPLE, E") | due(mri=on(-2)),
    )
    assert [row.patient_id for row in view.rows] == ["held", "late", "also", "later", "reminder", "soon"]


def test_a_reaction_on_record_stands_before_what_is_due(protocol: InfusionProtocol) -> None:
    (row,) = found(protocol, p=patient(flag="suspected") | due(mri=on(-1))).rows
    assert row.items[0] == "Reaction on record: prescriber must decide"
    assert row.tone == "stop"


def test_who_came_with_results_only_is_left_out_and_counted(protocol: InfusionProtocol) -> None:
    number_only: Summary = {"record_no": "1", "name": "", "flag": "no"}
    listed = found(protocol, a=number_only | due(mri=None), b=patient("", last_infusion="2026-10-25") | due(mri=None))
    assert [row.name for row in listed.rows] == ["(record number only)"]
    note = "1 patient of whom only a record number is known is not listed."
    assert present_recall(listed).note == note
    assert present_recall(replace(listed, number_only=0)).note == ""


def test_without_an_infusion_there_is_none_to_name(protocol: InfusionProtocol) -> None:
    (row,) = found(protocol, p=patient(last_infusion=None) | due(edss=on(2))).rows
    assert (row.last_infusion, row.tone) == ("none", "neutral")


def test_the_page_shows_the_first_and_says_how_many_more_there_are(protocol: InfusionProtocol) -> None:
    patients = {f"p-{n}": patient(record_no=str(n)) | due(mri=None) for n in range(MOST_ROWS + 2)}
    view = present_recall(recall_list(patients, TODAY, protocol))
    assert (len(view.rows), view.more) == (MOST_ROWS, "2 more: on the printed list")
    assert view.lead == "Overdue, or due within 14 days. What comes first stands first."


def test_an_empty_list_says_so(protocol: InfusionProtocol) -> None:
    view = present_recall(found(protocol))
    assert (view.empty, view.more, view.note) == ("Nobody has anything overdue or due soon.", "", "")


def test_without_a_due_list_only_what_is_due_today_is_recalled(protocol: InfusionProtocol) -> None:
    plain = replace(protocol, due=None)
    assert [
        row.patient_id for row in found(plain, a=patient() | due(mri=on(0)), b=patient() | due(mri=on(1))).rows
    ] == ["a"]


def test_the_printed_list_has_every_row_and_head_bands_and_foot(protocol: InfusionProtocol) -> None:
    patients = {f"p-{n}": patient(record_no=str(n), sample=True) | due(mri=None) for n in range(MOST_ROWS + 2)}
    listed = recall_list(patients, TODAY, protocol)
    page = recall_document(listed, protocol, NOW, UTC, "Ward 7", training=True)
    table = page.sections[1].table
    assert table is not None
    assert len(table.rows) == MOST_ROWS + 2
    assert table.rows[0].cells == ("SAMPLE, Patient One", "0", "Brain MRI never done", "25-Oct-2026")
    assert page.title == "Recall list"
    assert page.banners == ("TRAINING", "SAMPLE PATIENTS")
    assert page.subject == (("Ward", "Ward 7"), ("Made", "22-Nov-2026 09:00 +00:00"), ("Patients", "302"))
    assert page.notices[:2] == (protocol.text("protocol.not-approved"), protocol.text("protocol.not-advice"))
    assert "locked away" in page.notices[2]
    assert page.foot == (f"nurse-app {__version__}",)
    assert page.signatures == ()


def test_a_ward_without_samples_and_with_an_approved_protocol_has_no_bands(protocol: InfusionProtocol) -> None:
    approved = replace(protocol, approval=Approval("SAMPLE, Pharmacist", TODAY))
    page = recall_document(found(approved), approved, NOW, UTC, "", training=False)
    assert page.banners == ()
    assert page.notices[0] == protocol.text("protocol.not-advice")
    assert dict(page.subject)["Ward"] == "Infusion ward"
    assert [section.table for section in page.sections] == [None, None]
    assert page.sections[0].lines[-1] == "Nobody has anything overdue or due soon."
