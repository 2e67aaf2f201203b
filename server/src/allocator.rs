//! How the C library keeps memory that was given back: in few pools, and not for ever.
//!
//! Left alone, glibc opens eight pools for each processor, and a server with a dozen threads that each read a large answer
//! now and then holds a third more than it uses. It takes these settings from the environment and at the very start, so
//! the process starts itself anew with them, once. Refuses: to overrule the operator, who may set any of them.

/// At most two pools; blocks of an eighth of a megabyte are the system's, and one megabyte at the end of a pool goes back
/// to it.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const SETTINGS: [(&str, &str); 3] =
    [("MALLOC_ARENA_MAX", "2"), ("MALLOC_MMAP_THRESHOLD_", "131072"), ("MALLOC_TRIM_THRESHOLD_", "1048576")];

/// Starts this program anew with them, unless that was done. If it cannot be, all goes on with more memory.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) fn settle() {
    use std::os::unix::process::CommandExt as _;
    if SETTINGS.iter().any(|(name, _)| std::env::var_os(name).is_some()) {
        return;
    }
    let mut words = std::env::args_os();
    let (Ok(program), Some(name)) = (std::env::current_exe(), words.next()) else { return };
    let error = std::process::Command::new(program).arg0(name).args(words).envs(SETTINGS).exec();
    tracing::debug!(%error, "memory is kept as the C library likes");
    // An attempt that failed may leave signals as a program begins with them: who hangs up would end this one.
    let _ = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::pipe());
}

/// Elsewhere there is nothing to settle.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn settle() {}
