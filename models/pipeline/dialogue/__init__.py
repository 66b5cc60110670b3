"""A conversation about films without a language model: the reference of `src/dialogue/`.

Module for module the same rules as in Rust, over the same word lists, with numpy and onnxruntime
alone; golden answers hold the two together. Here they are also fitted and measured.
"""
