//! What is promised next door, held.

use super::*;

fn sample(series: &[(&str, &[u64])]) -> Trends {
    let first = Date::new(2026, 9, 28).unwrap();
    let long = series.iter().map(|(_, counts)| counts.len()).max().unwrap_or(0);
    Trends {
        periods: (0..long).map(|week| first.plus_days(7 * week as i64)).collect(),
        total: (0..long).map(|week| series.iter().map(|(_, counts)| counts[week]).sum()).collect(),
        series: series.iter().map(|(name, counts)| ((*name).to_owned(), counts.to_vec())).collect(),
    }
}

#[test]
fn pictures_and_tables_say_the_same() {
    let topics = sample(&[("ki", &[1, 1, 1, 1, 3, 3, 3, 3]), ("ozg", &[9, 9, 9, 9, 1, 1, 1, 1])]);
    let states = sample(&[("HH", &[0, 0, 0, 0, 2, 0, 0, 2])]);
    let html = trends(Lang::De, &topics, &states, &Names::default());
    assert!(html.contains("<th scope=\"row\">28.\u{a0}Sept. 2026</th><td>10</td>"), "{html}");
    assert!(
        html.contains(">ki</a></th><td>4 → 12</td>") && !html.contains(">ozg</a>"),
        "what falls does not rise: {html}"
    );
    assert!(html.contains("<g class=\"at-heat4\">") && html.contains(">HH 4</text>"), "{html}");
    assert!(html.contains(">Hamburg</a></th><td>4</td>"));
    assert_eq!(html.matches("<svg").count(), html.matches("aria-hidden=\"true\"").count());
}

#[test]
fn what_rises_does_so_against_its_own_past() {
    let risen = |series: &[(&str, &[u64])]| {
        let trends = sample(series);
        trends.risen().into_iter().map(|risen| (risen.name.to_owned(), risen.before, risen.now)).collect::<Vec<_>>()
    };
    let series: [(&str, &[u64]); 3] =
        [("ki", &[1, 1, 1, 1, 3, 3, 3, 3]), ("cdo", &[0, 0, 0, 9, 0, 0, 0, 18]), ("ozg", &[9, 9, 9, 9, 9, 9, 9, 9])];
    assert_eq!(risen(&series), [("cdo".to_owned(), 9, 18), ("ki".to_owned(), 4, 12)]);
    assert_eq!(risen(&[("ki", &[5, 1, 2])]), [("ki".to_owned(), 1, 2)], "of three weeks, the last two are compared");
    assert_eq!(risen(&[("ki", &[5])]), [], "and one has no past");
}

#[test]
fn nothing_at_all_is_a_page_too() {
    let html = trends(Lang::En, &Trends::default(), &Trends::default(), &Names::default());
    assert!(html.contains("Rising topics") && html.contains("HH 0"), "{html}");
}
