//! That what was touched is asked for again in as few looks as it needs.

use std::sync::Arc;

use super::{Found, spans};

#[test]
fn touched_places_go_together_where_little_lies_between() {
    let check = |touched: &[i64], wanted: Option<&[(i64, i64)]>| {
        let places = Arc::new((0..1_000_000).step_by(10).collect());
        let found = spans(&Found { places, touched: touched.to_vec() });
        assert_eq!(found.as_deref(), wanted, "{touched:?}");
    };
    check(&[], Some(&[]));
    check(&[7], Some(&[(7, 7)]));
    check(&[2_000_000, 1_000_001, 999_000], Some(&[(999_000, 2_000_000)]));
    check(&[500_000, 0, 5_000, 500_000, 0], Some(&[(0, 5_000), (500_000, 500_000)]));
    check(&[0, 5_010], Some(&[(0, 0), (5_010, 5_010)]));
    let scattered: Vec<i64> = (0..150).map(|n| n * 6_000).collect();
    check(&scattered, None);
}
