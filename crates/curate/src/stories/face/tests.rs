//! What is remembered of items, and for how long.

use std::sync::Arc;

use super::*;
use crate::testing::RULES;

fn face(title: &str) -> Arc<Face> {
    let words = Words { title, kicker: "", summary: "", url: "https://amt.example/1" };
    Arc::new(Face::new("amt", false, words.url, Print::of(words, &RULES), &RULES))
}

#[test]
fn only_what_says_the_same_is_known_again() {
    let faces = Faces::default();
    let first = face("Musterland führt die E-Akte ein");
    faces.put("a", 1, Arc::clone(&first));
    assert!(faces.get("a", 1).is_some_and(|known| Arc::ptr_eq(&known, &first)));
    assert!(faces.get("a", 2).is_none(), "its source says something else now");
    assert!(faces.get("b", 1).is_none());
    let second = face("Musterland führt die E-Akte doch nicht ein");
    faces.put("a", 2, Arc::clone(&second));
    assert!(faces.get("a", 2).is_some_and(|known| Arc::ptr_eq(&known, &second)));
}

#[test]
fn who_is_asked_for_is_remembered_longest() {
    let faces = Faces::default();
    let some = face("Musterland führt die E-Akte ein");
    for n in 0..2 * REMEMBERED {
        faces.put(&n.to_string(), 1, Arc::clone(&some));
        assert!(faces.get("0", 1).is_some(), "asked for all the time");
    }
    let known = (0..2 * REMEMBERED).filter(|n| faces.get(&n.to_string(), 1).is_some()).count();
    assert!((REMEMBERED / 2..=REMEMBERED).contains(&known), "{known}");
}
