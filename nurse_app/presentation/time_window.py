"""The stretch of time that all panels show, and the way back from every zoom."""

from dataclasses import dataclass, replace

# Closer than this a single result stands alone.
_LEAST_DAYS = 14
_ZOOM = 2
_STEPS_A_WINDOW = 2
_MOST_BACK = 50


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """What is shown, in days (proleptic ordinals); ``whole`` is all there is to show, ``before`` the way back."""

    start: float
    end: float
    whole: tuple[float, float]
    before: tuple[tuple[float, float], ...] = ()

    @property
    def span(self) -> tuple[float, float]:
        return self.start, self.end

    def stretch(self, one: float, other: float) -> "TimeWindow":
        """From day to day, as drawn by a finger; never shorter than two weeks."""
        middle, half = (one + other) / 2, max(abs(other - one), _LEAST_DAYS) / 2
        return self._to(middle - half, middle + half)

    def closer(self, about: float | None = None) -> "TimeWindow":
        """Half as long, around a day, else around the newest end."""
        return self._scaled(1 / _ZOOM, self.end if about is None else about)

    def wider(self, about: float | None = None) -> "TimeWindow":
        """Twice as long."""
        return self._scaled(_ZOOM, self.end if about is None else about)

    def moved(self, direction: int) -> "TimeWindow":
        """Half a window earlier (-1) or later (1)."""
        step = direction * (self.end - self.start) / _STEPS_A_WINDOW
        return self._to(self.start + step, self.end + step)

    def around(self, day: float) -> "TimeWindow":
        """The same, or as long a one with the day in its middle when the day lies outside."""
        if self.start <= day <= self.end:
            return self
        half = (self.end - self.start) / 2
        return self._to(day - half, day + half)

    def back(self) -> "TimeWindow":
        """As it was before the last change."""
        if not self.before:
            return self
        start, end = self.before[-1]
        return replace(self, start=start, end=end, before=self.before[:-1])

    def _scaled(self, times: float, about: float) -> "TimeWindow":
        length = max((self.end - self.start) * times, _LEAST_DAYS)
        share = (min(max(about, self.start), self.end) - self.start) / (self.end - self.start)
        start = about - share * length
        return self._to(start, start + length)

    def _to(self, start: float, end: float) -> "TimeWindow":
        """There, kept within all there is; the same window again when that changes nothing."""
        first, last = self.whole
        length = min(end - start, last - first)
        start = min(max(start, first), last - length)
        if (start, start + length) == self.span:
            return self
        before = (*self.before, self.span)[-_MOST_BACK:]
        return replace(self, start=start, end=start + length, before=before)
