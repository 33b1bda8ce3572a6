"""`python -m docexam`."""

import sys

from docexam.cli.main import main

sys.exit(main())
