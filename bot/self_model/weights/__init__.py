"""Weights fitted by the scripts in `training/`, as small JSON files; each names its script, data and licence."""
