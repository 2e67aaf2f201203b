//! The door `eval`: how well Land, topic, relevance and kind of text are told, how well events are found and stories
//! put together, on the project's own labelled sets; the former on any other set as well.

use std::path::Path;

use crate::run::{Done, cargo, finish};

/// Prints the table per label, how far parts of the set lie apart, and the items that went wrong; fails where the
/// project's own set misses a floor. An argument names a folder with an `items.jsonl` to be scored beside it.
pub(crate) fn run(args: &[String]) -> Done {
    let mut command = cargo("test --quiet --package curate labelled -- --nocapture --test-threads 1");
    match args {
        [] => {}
        [folder] => {
            // The tests run in the folder of their package.
            let folder = std::path::absolute(folder).map_err(|error| format!("{folder}: {error}"))?;
            if !Path::new(&folder).join("items.jsonl").is_file() {
                return Err(format!("{} holds no items.jsonl, one labelled item per line", folder.display()));
            }
            command.env("AMTSTICKER_LABELLED", folder);
        }
        [_, more @ ..] => return Err(format!("eval takes one folder, not also {}", more.join(" "))),
    }
    finish(&mut command)?;
    finish(&mut cargo("test --quiet --package store --test contract judged -- --nocapture"))
}
