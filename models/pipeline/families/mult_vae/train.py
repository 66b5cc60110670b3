"""The run of Mult-VAE: one network for tables B and C."""

from __future__ import annotations

from pipeline.families.mult_vae.export import write
from pipeline.families.mult_vae.model import NAME, MultVae, Settings
from pipeline.training import set_networks

RUN = set_networks.Run(NAME, Settings, MultVae, write, learns_more=True)
train_for, export = RUN.train_for, RUN.export
