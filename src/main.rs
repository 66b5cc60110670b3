//! The page program: mounts the app.

fn main() {}
