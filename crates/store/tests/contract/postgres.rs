//! The whole contract once more, on PostgreSQL.
//!
//! `AMTSTICKER_TEST_POSTGRES` names a server whose user may make databases, `postgres://user@host:port/postgres`;
//! `cargo xtask test` starts one. Without it this part is skipped, and says so.

use std::io::Write as _;
use std::process::Command;

use crate::place::{self, ON, run};

const SERVER: &str = "AMTSTICKER_TEST_POSTGRES";

/// To the terminal, past the harness, which shows nothing of tests that pass.
#[expect(clippy::explicit_write, reason = "the harness swallows what `eprintln!` says")]
fn say(line: &str) {
    writeln!(std::io::stderr(), "{line}").unwrap();
}

#[tokio::test]
async fn the_contract_holds_on_postgresql() {
    if place::database().is_some() {
        return;
    }
    let Ok(server) = std::env::var(SERVER) else {
        say(&format!("skipped: the contract on PostgreSQL, because {SERVER} names no server"));
        return;
    };
    let name = format!("contract_{}", std::process::id());
    run(&server, &format!("create database {name}")).await;
    let (address, _) = server.rsplit_once('/').unwrap();
    let suite = Command::new(std::env::current_exe().unwrap()).env(ON, format!("{address}/{name}")).output().unwrap();
    run(&server, &format!("drop database {name} with (force)")).await;
    let said = String::from_utf8_lossy(&suite.stdout);
    assert!(suite.status.success(), "on PostgreSQL:\n{said}\n{}", String::from_utf8_lossy(&suite.stderr));
    let result = said.lines().find(|line| line.starts_with("test result: ok. ")).unwrap();
    say(&format!("the contract on PostgreSQL: {result}"));
}
