//! What was made for a question, remembered until something changes or until it takes too much room.
//!
//! Promises: so many bytes are remembered and one thing more, at most. Refuses: to choose who is forgotten; those that
//! are asked for again are soon made again.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[derive(Debug)]
pub(super) struct Memo<K, V> {
    held: Mutex<Held<K, V>>,
    most: usize,
}

#[derive(Debug)]
struct Held<K, V> {
    made: HashMap<K, Arc<V>>,
    weight: usize,
}

impl<K: Eq + Hash, V> Memo<K, V> {
    /// Remembers so many bytes.
    pub(super) fn of(most: usize) -> Self {
        Memo { held: Mutex::new(Held { made: HashMap::new(), weight: 0 }), most }
    }

    /// What was made for a key; made now, beside others who may make the same, if it is not remembered.
    pub(super) fn get(&self, key: K, make: impl FnOnce(&K) -> V, weigh: impl FnOnce(&V) -> usize) -> Arc<V> {
        if let Some(made) = self.held().made.get(&key) {
            return Arc::clone(made);
        }
        let made = Arc::new(make(&key));
        let mut held = self.held();
        if held.weight > self.most {
            held.made.clear();
            held.weight = 0;
        }
        held.weight += weigh(&made) + size_of::<K>();
        held.made.insert(key, Arc::clone(&made));
        made
    }

    /// Bytes that it takes in memory, more or less.
    pub(super) fn weight(&self) -> usize {
        self.held().weight
    }

    fn held(&self) -> MutexGuard<'_, Held<K, V>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
