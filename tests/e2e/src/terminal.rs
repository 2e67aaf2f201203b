//! A terminal without a person before it: what a program shows where it thinks that somebody looks.

use std::fs::File;
use std::io::Read as _;
use std::os::fd::OwnedFd;

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// Most of what is read.
const MOST: usize = 1 << 22;

/// A pseudo-terminal of 24 lines of 80 columns.
pub(crate) struct Terminal {
    ours: File,
    /// The side on which the program writes.
    pub(crate) theirs: OwnedFd,
}

impl Terminal {
    pub(crate) fn open() -> rustix::io::Result<Self> {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
        grantpt(&ours)?;
        unlockpt(&ours)?;
        let theirs = rustix::fs::open(ptsname(&ours, Vec::new())?, OFlags::RDWR | OFlags::NOCTTY, Mode::empty())?;
        tcsetwinsize(&ours, Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 })?;
        Ok(Terminal { ours: ours.into(), theirs })
    }

    /// All that is written until nobody can write any more.
    pub(crate) fn until_closed(self) -> String {
        let Terminal { mut ours, theirs } = self;
        drop(theirs);
        let (mut seen, mut piece) = (Vec::new(), [0; 4096]);
        // At the end Linux says that the device failed.
        while let Ok(read @ 1..) = ours.read(&mut piece) {
            seen.extend_from_slice(&piece[..read]);
            if seen.len() > MOST {
                break;
            }
        }
        String::from_utf8_lossy(&seen).into_owned()
    }
}
