//! Of the server's gate its pure half; slots are made up by the world.

#[path = "../../../../server/src/poll/gate/pace.rs"]
#[expect(dead_code, reason = "no host is forgotten here")]
pub(in crate::poll) mod pace;
