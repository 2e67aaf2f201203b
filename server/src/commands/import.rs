//! `import [FILE]`: what another store exported, into one that is empty.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::Context as _;
use store::Store;

/// Takes over an export, from standard input unless a file is named. Gives a sentence about it.
///
/// # Errors
/// Why nothing was taken over.
pub(crate) async fn import(store: &Store, from: Option<&Path>) -> anyhow::Result<String> {
    let (lines, name): (Box<dyn BufRead>, String) = match from {
        Some(path) if path != Path::new("-") => {
            let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
            (Box::new(BufReader::with_capacity(1 << 16, file)), path.display().to_string())
        }
        _ => (Box::new(BufReader::with_capacity(1 << 16, std::io::stdin())), "standard input".to_owned()),
    };
    let rows = store.import(lines.lines()).await.with_context(|| format!("{name} is not taken over"))?;
    // What was written last is on the disk before anybody is told that it is there.
    store.close().await;
    Ok(format!("{rows} rows are taken over from {name}"))
}
