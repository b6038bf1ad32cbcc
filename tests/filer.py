"""Files made-up returns without end until it is killed, and says of each when it is filed.

    python tests/filer.py REGISTER FOLDER SEED

The contents are of every size up to 300 kB, so that a torn file would show, and of no format: filing
looks at bytes only.
"""

import random
import sys
from pathlib import Path

from moitt_report.filing.databases import open_register
from moitt_report.filing.entry import Accepted, enter

AGENCIES = ("pseb", "ignite", "nitb")
SUFFIXES = (".yaml", ".xlsx", ".csv")
PERIOD = "2024-25-Q3"
AT = "2025-04-14T16:05:00+05:00"


def main(where: str, folder: str, seed: str) -> None:
    chance = random.Random(seed)
    print("ready", flush=True)  # noqa: T201  the test listens
    with open_register(where, writable=True) as register:
        while True:
            for agencies in ((a,) for a in AGENCIES) if chance.random() < 0.7 else (AGENCIES,):
                returns = [
                    Accepted(
                        agency=agency,
                        sent_as="made-up",
                        suffix=chance.choice(SUFFIXES),
                        content=chance.randbytes(int(10 ** chance.uniform(0, 5.5))),
                    )
                    for agency in agencies
                ]
                for one in enter(register, Path(folder), PERIOD, returns, by=seed, at=AT):
                    print(one.filing.link, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
