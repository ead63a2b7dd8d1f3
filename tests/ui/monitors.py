"""Monitors of an X server, put there and taken away as if plugged and unplugged; by libXrandr, Linux only."""

import ctypes


class _Monitor(ctypes.Structure):
    """XRRMonitorInfo."""

    _fields_ = (
        ("name", ctypes.c_ulong),
        ("primary", ctypes.c_int),
        ("automatic", ctypes.c_int),
        ("output_count", ctypes.c_int),
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("width_mm", ctypes.c_int),
        ("height_mm", ctypes.c_int),
        ("outputs", ctypes.POINTER(ctypes.c_ulong)),
    )


class Monitors:
    """Divides the one output of a virtual X server. Raises OSError where the libraries are missing."""

    def __init__(self) -> None:
        self._x, self._randr = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXrandr.so.2")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = self._x.XInternAtom.restype = ctypes.c_ulong
        self._x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self._x.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
        self._x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        monitor = ctypes.POINTER(_Monitor)
        self._randr.XRRSetMonitor.argtypes = [ctypes.c_void_p, ctypes.c_ulong, monitor]
        self._randr.XRRDeleteMonitor.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]
        self._randr.XRRGetMonitors.argtypes = [
            ctypes.c_void_p,
            ctypes.c_ulong,
            ctypes.c_int,
            ctypes.POINTER(ctypes.c_int),
        ]
        self._randr.XRRGetMonitors.restype = monitor
        self._display = self._x.XOpenDisplay(None)
        self._root = self._x.XDefaultRootWindow(self._display)
        count = ctypes.c_int()
        first = self._randr.XRRGetMonitors(self._display, self._root, 1, ctypes.byref(count))[0]
        self._output = (ctypes.c_ulong * 1)(first.outputs[0])

    def put(self, name: str, x: int, width: int, height: int, *, primary: bool = False) -> None:
        """A monitor at that place. The primary one takes the server's own output, which covers everything else."""
        outputs = self._output if primary else None
        info = _Monitor(self._atom(name), primary, 0, int(primary), x, 0, width, height, 300, 200, outputs)
        self._randr.XRRSetMonitor(self._display, self._root, ctypes.byref(info))
        self._x.XSync(self._display, 0)

    def take_away(self, name: str) -> None:
        self._randr.XRRDeleteMonitor(self._display, self._root, self._atom(name))
        self._x.XSync(self._display, 0)

    def _atom(self, name: str) -> int:
        found: int = self._x.XInternAtom(self._display, name.encode(), 0)
        return found
