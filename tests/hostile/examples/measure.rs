//! Prints what each hostile document costs to read, each in a process of its own:
//! `cargo run --release -p hostile --example measure [NAME]`. The table in the README of the readers' test data is this.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::process::{Command, ExitCode};
use std::time::Instant;

use hostile::cases::{CASES, Case, FULL};
use hostile::check;

fn main() -> ExitCode {
    let Some(name) = std::env::args().nth(1) else {
        println!("| document | MB | entries | first complaint | ms | MB at most |\n|---|--:|--:|---|--:|--:|");
        let exe = std::env::current_exe().expect("a running program has a file");
        let all =
            CASES.iter().all(|case| Command::new(&exe).arg(case.name).status().is_ok_and(|status| status.success()));
        return if all { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    };
    let Some(case) = CASES.iter().find(|case| case.name == name) else {
        eprintln!("no case is called {name:?}");
        return ExitCode::FAILURE;
    };
    measure(case);
    ExitCode::SUCCESS
}

fn measure(case: &Case) {
    let bytes = (case.make)(FULL);
    let megabytes = bytes.len() as f64 / 1e6;
    let start = Instant::now();
    let reading = check::read(&bytes, case.format);
    let took = start.elapsed().as_secs_f64() * 1e3;
    let complaint = reading.complaints.first().map(|complaint| format!("{}: {:.60}", complaint.what, complaint.text));
    let complaint = complaint.unwrap_or_default().replace('<', "\\<");
    let (name, entries) = (case.name.replace('<', "\\<"), reading.entries.len());
    println!("| {name} | {megabytes:.1} | {entries} | {complaint} | {took:.0} | {} |", peak());
}

/// The most memory that this process had so far, in MB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace()
        .next()
        .and_then(|kilobytes| kilobytes.parse().ok())
        .map_or(0, |kilobytes: u64| kilobytes / 1024)
}
