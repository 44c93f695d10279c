//! Memory shared by all threads that read.
//!
//! What a reader may hold is taken from a room before it is held, so many small files are read at once, and large ones in
//! turn. There are two rooms, and whoever holds a part of [`READING`] may wait for one of [`DIGESTING`], never the other way.

use super::limits::{DIGESTED_AT_ONCE, MIB, READ_AT_ONCE, digesting};
use crate::digest::{Digest, digest};
use crate::model::Recording;
use std::sync::{Condvar, Mutex, PoisonError};

/// Room for the bytes of files and their samples.
pub static READING: Room = Room::new(READ_AT_ONCE);
/// Room for the seconds of recordings.
pub static DIGESTING: Room = Room::new(DIGESTED_AT_ONCE);

/// The digest of a recording, made once there is room for its seconds.
pub fn digest_in_room(recording: &Recording, id: String, file: String) -> Digest {
    DIGESTING.run(digesting(&recording.samples), || digest(recording, id, file))
}

/// What takes more than this has a thread of its own: systems keep what a thread has freed for that thread, and threads that
/// each had something large once would keep it all.
const ALONE: u64 = 32 * MIB;

/// A number of bytes to hold parts of.
#[derive(Debug)]
pub struct Room {
    size: u64,
    free: Mutex<u64>,
    changed: Condvar,
}

/// A part of the room; given back when dropped.
#[derive(Debug)]
pub struct Held<'a> {
    room: &'a Room,
    bytes: u64,
}

impl Room {
    /// An empty room of so many bytes.
    #[must_use]
    pub const fn new(size: u64) -> Self {
        Self { size, free: Mutex::new(size), changed: Condvar::new() }
    }

    /// Waits until so many bytes are free, at most the whole room. Whoever holds a part must not wait for another thread,
    /// nor for another part of this room.
    pub fn hold(&self, bytes: u64) -> Held<'_> {
        let bytes = bytes.min(self.size);
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free =
            self.changed.wait_while(free, |free| *free < bytes).unwrap_or_else(PoisonError::into_inner);
        *free -= bytes;
        Held { room: self, bytes }
    }
}

impl Room {
    /// Does a piece of work once so many bytes are free.
    pub fn run<T: Send>(&self, bytes: u64, work: impl FnOnce() -> T + Send) -> T {
        let _held = self.hold(bytes);
        if bytes < ALONE { work() } else { alone(work) }
    }
}

/// Does a piece of work on a thread of its own.
fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let done = std::thread::scope(|scope| scope.spawn(work).join());
    done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        *self.room.free.lock().unwrap_or_else(PoisonError::into_inner) += self.bytes;
        self.room.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn no_more_is_held_than_there_is() {
        let (room, held, most) = (Room::new(10), AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for wish in [3, 4, 5, 10, 99, 1, 7, 2] {
                let (room, held, most) = (&room, &held, &most);
                scope.spawn(move || {
                    for _ in 0..200 {
                        let _part = room.hold(wish);
                        let now = held.fetch_add(wish.min(10), Ordering::SeqCst) + wish.min(10);
                        most.fetch_max(now, Ordering::SeqCst);
                        held.fetch_sub(wish.min(10), Ordering::SeqCst);
                    }
                });
            }
        });
        assert!((1..=10).contains(&most.into_inner()));
        assert_eq!(*room.free.lock().unwrap(), 10);
    }
}
