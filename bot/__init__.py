"""Daytwo: an assistant in Slack and Teams that gets better for each person."""

import os

# Matrices here are small, and threads that multiply them wait for one another: on a busy machine a hundred times as
# long. It holds where numpy is first loaded after this.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
