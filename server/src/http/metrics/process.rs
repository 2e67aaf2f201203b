//! What the system says of this process, under the names that Prometheus' own clients use: memory, open files; and how
//! many tasks are alive. Where there is no `/proc` the first two are left out.

use super::Page;
use crate::http::meters::METERS;

/// Bytes of a page of memory on every system that we ship for.
const PAGE_BYTES: u64 = 4096;

pub(super) fn write(out: &mut Page) {
    out.head("amtsticker_tasks", "gauge", "Tasks that are alive: connections, visits, deliveries, and what goes on.");
    // Connections are with threads of their own, and each is a task.
    let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks() as u64;
    out.line("amtsticker_tasks", &[], tasks + METERS.connections());
    if let Some(bytes) = resident() {
        out.head("process_resident_memory_bytes", "gauge", "Resident memory.");
        out.line("process_resident_memory_bytes", &[], bytes);
    }
    if let Ok(files) = std::fs::read_dir("/proc/self/fd") {
        out.head("process_open_fds", "gauge", "Open files and sockets.");
        // One of them is the folder that is being read.
        out.line("process_open_fds", &[], files.count().saturating_sub(1));
    }
    if let Some(most) = rustix::process::getrlimit(rustix::process::Resource::Nofile).current {
        out.head("process_max_fds", "gauge", "Files and sockets that may be open.");
        out.line("process_max_fds", &[], most);
    }
}

fn resident() -> Option<u64> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(pages.split_whitespace().nth(1)?.parse::<u64>().ok()? * PAGE_BYTES)
}
