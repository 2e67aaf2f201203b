//! The doors of the workshop: `cargo xtask DOOR`.
//!
//! Each door installs what it lacks, says what it is doing and how long that takes, and skips what is there.
//! No dependencies, so that a fresh clone is inside in seconds; their number does not grow with the project.

use std::process::ExitCode;

mod audit;
mod bench;
mod binary;
mod bless;
mod contract;
mod debian;
mod dist;
mod e2e;
mod eval;
mod fix;
mod load;
mod node;
mod postgres;
mod python;
mod run;
mod soak;
mod test;
mod tools;
mod widget;

/// What stands behind each door, in one line.
const DOORS: [(&str, &str); 11] = [
    ("demo", "the whole thing with built-in sample publishers, no network needed; arguments go to `amtsticker demo`"),
    ("serve", "poll and serve the real catalogue; arguments go to `amtsticker serve`"),
    ("test", "everything CI checks: format, lints, tests, widget sizes, documentation, end to end"),
    (
        "e2e",
        "the end-to-end tests alone: the real binary, a real origin, readers, browsers; `e2e contract [SECONDS]` asks longer",
    ),
    ("eval", "the labelled set, and that of a folder: precision and recall per label, and what went wrong"),
    ("fix", "format, and let clippy mend what it can"),
    ("bless", "accept changed snapshots; read the diff before you commit it"),
    (
        "bench",
        "sizes, and how fast a release binary starts, labels, answers beside nginx, reads and polls beside others",
    ),
    (
        "audit",
        "pa11y and Lighthouse on the pages, and how fast the panel appears on three networks; `audit pictures` takes those of the documentation",
    ),
    (
        "soak",
        "a server among sources that misbehave, for 15 minutes or as many as are named: memory, descriptors, tasks",
    ),
    ("dist", "the binary to ship, widget inside, at target/dist/amtsticker"),
];

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let door = args.next();
    let rest: Vec<String> = args.collect();
    let done = match door.as_deref() {
        Some("demo") => binary::run("demo", &rest),
        Some("serve") => binary::run("serve", &rest),
        Some("test") => test::run(),
        Some("e2e") => e2e::door(&rest),
        Some("eval") => eval::run(&rest),
        Some("fix") => fix::run(),
        Some("bless") => bless::run(),
        Some("bench") => bench::run(&rest),
        Some("audit") => audit::door(&rest),
        Some("soak") => soak::run(&rest),
        Some("dist") => dist::run().map(drop),
        None | Some("help" | "--help" | "-h") => {
            doors();
            Ok(())
        }
        Some(other) => {
            doors();
            Err(format!("there is no door `{other}`"))
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("xtask: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn doors() {
    eprintln!("cargo xtask DOOR, where DOOR is one of");
    for (door, behind) in DOORS {
        eprintln!("  {door:<6} {behind}");
    }
}
