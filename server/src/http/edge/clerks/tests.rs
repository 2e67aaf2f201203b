//! Whose turn it is to take a connection.

use super::{FEW, next};

#[test]
fn few_connections_stay_with_one_clerk_and_many_are_shared() {
    let check = |serve: &[usize], expected: usize| assert_eq!(next(serve.iter().copied()), expected, "{serve:?}");
    check(&[0, 0, 0], 0);
    check(&[FEW - 1, 0, 0], 0);
    check(&[FEW, 0, 0], 1);
    // Who has gone has left a place.
    check(&[FEW - 1, FEW, 3], 0);
    check(&[FEW, FEW, FEW], 0);
    check(&[FEW + 9, FEW + 3, FEW + 3], 1);
    check(&[900, 901, 899], 2);
}
