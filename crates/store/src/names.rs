//! Names as small numbers, in the order in which they were met.

use std::collections::HashMap;

/// Gives each name a number, and each number its name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    list: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Names {
    /// The number of a name, a new one if it was not met before.
    pub(crate) fn number(&mut self, name: &str) -> usize {
        if let Some(number) = self.find(name) {
            return number;
        }
        self.list.push(name.to_owned());
        self.numbers.insert(name.to_owned(), self.list.len() - 1);
        self.list.len() - 1
    }

    /// The number of a name that was met.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    /// The name of a number.
    pub(crate) fn name(&self, number: usize) -> &str {
        self.list.get(number).map_or("", String::as_str)
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Bytes that they take, more or less.
    pub(crate) fn weight(&self) -> usize {
        let letters: usize = self.list.iter().map(String::len).sum();
        2 * letters + self.list.len() * (2 * size_of::<String>() + size_of::<usize>())
    }
}
