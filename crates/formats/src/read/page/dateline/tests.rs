//! Where a teaser begins and ends.

use super::teaser;

#[test]
fn date_and_last_link_are_cut() {
    for (said, date, rest) in [
        ("[20.12.2024] Das Amt berichtet. mehr...", "2024-12-20", "Das Amt berichtet."),
        ("[20.12.2024] Das Amt berichtet.\nmehr…", "2024-12-20", "Das Amt berichtet."),
        ("[3. Mai 2024] Kurz. weiterlesen »", "2024-05-03", "Kurz."),
        ("Das Amt berichtet. mehr", "-", "Das Amt berichtet."),
        ("Es werden immer mehr.", "-", "Es werden immer mehr."),
        ("Es werden immer mehr", "-", "Es werden immer mehr"),
        ("mehr", "-", ""),
        ("[Video] Das Amt zeigt es.", "-", "[Video] Das Amt zeigt es."),
        ("[20.12.2024 Das Amt", "-", "[20.12.2024 Das Amt"),
        ("", "-", ""),
    ] {
        let (when, text) = teaser(said);
        assert_eq!((when.map_or("-".into(), |when| when.to_string()).as_str(), text), (date, rest), "{said:?}");
    }
}
