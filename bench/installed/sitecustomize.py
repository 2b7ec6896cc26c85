"""Hide the modules of development from a server that is measured: one in use has none of them."""

import os
import sys

sys.modules.update(dict.fromkeys(os.environ["HIDDEN_MODULES"].split(",")))  # type: ignore[arg-type]
