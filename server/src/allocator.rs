//! Who hands out memory: jemalloc, because documents are read and judged by several threads at a time and what one of
//! them asked for another gives back, and because what was given back goes back to the system within a second.
//!
//! SQLite asks it, too. Its settings are in `.cargo/config.toml`, for they are compiled in; the operator overrules them
//! with `MALLOC_CONF`. Elsewhere than on Linux with glibc the system's allocator stays.

/// The allocator of the whole program.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;
