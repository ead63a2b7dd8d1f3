"""python -m nurse_app: the same as the installed command."""

import sys

from nurse_app.main import main

if __name__ == "__main__":
    sys.exit(main())
