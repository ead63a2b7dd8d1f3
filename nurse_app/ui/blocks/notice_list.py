"""Notices as strips."""

from nurse_app.presentation.clock_page import NoticeView
from nurse_app.ui.finding_strips import FindingStrips
from nurse_app.ui.widgets.finding import FindingLine


class NoticeList(FindingStrips):
    """Shows notices one under the other; takes no room when there are none."""

    def show_notices(self, notices: tuple[NoticeView, ...]) -> None:
        """Show these, in this order; cheap when they are the same."""
        self.show_lines(tuple(notice_line(notice) for notice in notices))


def notice_line(notice: NoticeView) -> FindingLine:
    """A notice as a strip takes it: there is no rule behind it to ask about."""
    return FindingLine(notice.id, notice.severity, notice.title, notice.sentence, why=False)
