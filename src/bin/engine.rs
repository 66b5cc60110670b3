//! The engine program: starts the engine loop in the worker.

fn main() {}
