"""Conversations about films: the site's own rules (`dialogue` of the core), fitted and measured.

The rules run as the program `glassrec-core`; the models with numpy and onnxruntime.
"""
