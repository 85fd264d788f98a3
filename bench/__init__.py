"""`make bench`: FireGrid measured beside its floors and peers, in the same run (docs/bench.md)."""

import sys
from pathlib import Path

# The tests' own ways to a browser and to databases are in scripts/.
sys.path.append(str(Path(__file__).resolve().parents[1] / "scripts"))
