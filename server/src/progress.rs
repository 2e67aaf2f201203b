//! What an operator sees of `poll` while it works: a bar for each phase on a terminal, and nothing of it on a pipe.
//!
//! Promises: log lines and bars do not write into each other. The poller knows of no terminal: it counts in
//! [`Stages`], and this looks ten times a second.

use std::future::Future;
use std::io::{self, IsTerminal as _, Write};
use std::sync::LazyLock;
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::poll::Stages;

const LOOK: Duration = Duration::from_millis(100);

/// Standard error, shared by bars and log lines.
static SCREEN: LazyLock<MultiProgress> = LazyLock::new(|| {
    let target = if is_shown() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    MultiProgress::with_draw_target(target)
});

/// Whether somebody looks: standard error is a terminal that can go back a line.
fn is_shown() -> bool {
    io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Where log lines go: to standard error, above the bars if there are any.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lines;

impl Write for Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        SCREEN.suspend(|| io::stderr().lock().write_all(line))?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// Does the work, and shows how far it has come.
pub(crate) async fn watch<T>(stages: &Stages, work: impl Future<Output = T>) -> T {
    if !is_shown() {
        return work.await;
    }
    let bars = Stages::PHASES.map(bar);
    let mut look = tokio::time::interval(LOOK);
    tokio::pin!(work);
    let done = loop {
        tokio::select! {
            done = &mut work => break done,
            _ = look.tick() => {
                for (bar, (done, of)) in bars.iter().zip(stages.far()) {
                    // A phase that nothing has come to yet is empty, not full.
                    bar.set_length(of.max(1));
                    bar.set_position(done);
                    bar.set_message(format!("{done}/{of}"));
                }
            }
        }
    };
    bars.iter().for_each(ProgressBar::finish_and_clear);
    done
}

fn bar(phase: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix:<6} {bar:40} {msg:>13}  {elapsed}");
    let style = style.expect("a template of ours is one").progress_chars("━╸─");
    SCREEN.add(ProgressBar::new(0).with_style(style).with_prefix(phase))
}
