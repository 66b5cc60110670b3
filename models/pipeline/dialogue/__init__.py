"""Conversations about films: the page's own rules (`crates/core/src/dialogue/`), fitted and measured.

The rules run as the program `examples/dialogue.rs`; the models with numpy and onnxruntime.
"""
