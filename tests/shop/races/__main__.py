"""python -m tests.shop.races --races 10000 [--without conditional_update …]: on a PostgreSQL of their own."""

import subprocess
import sys

from tests.shop.races.ground import ground

with ground() as env:
    sys.exit(subprocess.run([sys.executable, "-m", "tests.shop.races.many", *sys.argv[1:]], env=env).returncode)
