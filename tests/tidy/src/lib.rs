//! The plan as a test: what ARCHITECTURE.md and CONTRIBUTING.md promise, checked over the files of the repository.
//!
//! Each rule is a function from the repository to its findings, with small tests of its own, so that a rule which
//! never fires is noticed. `tests.rs` runs all of them over the repository and lists every finding at once.
//! No build, no network; a rule that needs what a build leaves behind says so and passes without it.

pub mod absences;
pub mod catalogue;
pub mod code;
pub mod dependencies;
pub mod files;
pub mod licences;
pub mod papers;
pub mod repo;
pub mod settings;
pub mod sizes;
pub mod sources_page;

#[cfg(test)]
mod tests;
