"""Long checks for a release, each with its evidence under docs/evidence: `./run campaign api`.

api   what the API's description promises, asked of real rows by requests that Schemathesis makes up (15,000 in about seven minutes)
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EVIDENCE = ROOT / "docs" / "evidence"
CASES = 15_000


def api(cases: int, seed: int) -> int:
    """Ask so many requests; the same seed asks the same ones again."""
    EVIDENCE.mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "GUIJU_CONTRACT_CASES": str(cases),
        "GUIJU_CONTRACT_SEED": str(seed),
        "GUIJU_CONTRACT_EVIDENCE": str(EVIDENCE / "api-schemathesis.json"),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/api/test_contract.py"]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def main(arguments: list[str]) -> int:
    """Run the campaign of that name."""
    parser = argparse.ArgumentParser(
        prog="./run campaign", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("name", choices=["api"])
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    return api(asked.cases, asked.seed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
