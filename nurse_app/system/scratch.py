"""A folder for a while, gone afterwards; what a program that was killed has left of its own goes with the next."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

# Nothing that is done in such a folder takes so long.
_LEFT_BEHIND_S = 3600


@contextmanager
def scratch_folder(prefix: str) -> Iterator[Path]:
    """A new folder whose name begins with ``prefix``. Raises OSError when none can be made."""
    with TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _remove_left_behind(folder, prefix)
        yield folder


def _remove_left_behind(fresh: Path, prefix: str) -> None:
    # By the disk's own times: every wall clock may be wrong.
    with suppress(OSError):
        before = fresh.stat().st_mtime - _LEFT_BEHIND_S
        for other in fresh.parent.glob(f"{prefix}*"):
            if other.is_dir() and not other.is_symlink() and other.stat().st_mtime < before:
                shutil.rmtree(other, ignore_errors=True)
