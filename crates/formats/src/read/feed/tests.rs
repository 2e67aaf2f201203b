//! Addresses as sources write them.
