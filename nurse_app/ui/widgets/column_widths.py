"""How wide each column of a table gets: nothing is cut, spare room is shared, long texts wrap first."""

from collections.abc import Sequence


def share_width(natural: Sequence[int], smallest: Sequence[int], room: int) -> list[int]:
    """Widths that add up to ``room`` pixels; below ``smallest`` only when not even these fit."""
    wanted = sum(natural)
    if wanted <= room:
        return _spread(natural, natural, room)
    least = sum(smallest)
    if least >= room:
        return _spread([small * max(room, 0) // max(least, 1) for small in smallest], smallest, max(room, 0))
    # Between the two: each column gives up the same share of what it could give up.
    give = (wanted - room) / (wanted - least)
    widths = [int(wide - (wide - small) * give) for wide, small in zip(natural, smallest, strict=True)]
    return _spread(widths, natural, room)


def _spread(widths: Sequence[int], weights: Sequence[int], room: int) -> list[int]:
    """Add what is left of the room, by weight; the last column takes what rounding leaves."""
    spare = room - sum(widths)
    total = sum(weights) or 1
    spread = [width + spare * weight // total for width, weight in zip(widths, weights, strict=True)]
    if spread:
        spread[-1] += room - sum(spread)
    return spread
