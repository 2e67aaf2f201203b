//! What a round came to, in words: a line that can be read alone, and below it why what failed has failed.

use std::cmp::Reverse;
use std::fmt;

use super::Summary;

/// Most reasons that are listed; the log has all of them.
const REASONS: usize = 20;

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Summary { visited, unchanged, new, changed, failed, reasons } = self;
        write!(
            f,
            "visited {visited}, unchanged {unchanged}, new items {new}, changed items {changed}, failed {failed}"
        )?;
        let mut reasons: Vec<(&String, &u64)> = reasons.iter().collect();
        reasons.sort_by_key(|(_, count)| Reverse(**count));
        for (reason, count) in reasons.iter().take(REASONS) {
            write!(f, "\n{count:>6} × {reason}")?;
        }
        let left = reasons.iter().skip(REASONS).map(|(_, count)| **count).sum::<u64>();
        if left > 0 { write!(f, "\n{left:>6} for other reasons") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    //! Counts in, lines out.

    use super::*;

    #[test]
    fn what_happened_most_comes_first_and_the_list_ends() {
        let reasons = |n: u64| (0..n).map(|n| (format!("reason {n:02}"), n + 1)).collect();
        let summary = Summary { visited: 9, unchanged: 3, new: 7, changed: 1, failed: 3, reasons: reasons(2) };
        assert_eq!(
            summary.to_string(),
            "visited 9, unchanged 3, new items 7, changed items 1, failed 3\n     2 × reason 01\n     1 × reason 00"
        );
        let many = Summary { reasons: reasons(25), ..Summary::default() }.to_string();
        assert_eq!(many.lines().count(), 22, "{many}");
        assert!(many.ends_with("    15 for other reasons"), "{many}");
        assert!(!Summary::default().to_string().contains('\n'));
    }
}
