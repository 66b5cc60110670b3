"""The run of DiffRec: one network for tables B and C."""

from __future__ import annotations

from pipeline.families.diffrec.export import write
from pipeline.families.diffrec.model import NAME, DiffRec, Settings
from pipeline.training import set_networks

RUN = set_networks.Run(NAME, Settings, DiffRec, write)
train_for, export = RUN.train_for, RUN.export
