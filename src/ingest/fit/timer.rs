//! Pauses, from the timer's `event` messages.
//!
//! Takes the messages in order, gives the stretches between a stop and the next start. Invariant: a pause has
//! a length; a stop that is not followed by a start is the end of the activity and no pause.

use super::frame::Message;
use super::unix_ms;
use crate::model::Pause;

/// The number of the `event` message in the FIT profile.
pub const EVENT: u16 = 21;

/// The field that says what the event is about, and its value for the timer.
const ABOUT: u8 = 0;
const TIMER: u8 = 0;
/// The field that says what happened, and its values.
const WHAT: u8 = 1;
const START: u8 = 0;
const STOP: u8 = 1;
const STOP_ALL: u8 = 4;
const STOP_DISABLE: u8 = 8;
const STOP_DISABLE_ALL: u8 = 9;

/// Follows the timer.
#[derive(Debug, Default)]
pub struct Timer {
    stopped: Option<u32>,
    /// The pauses so far.
    pub pauses: Vec<Pause>,
}

impl Timer {
    /// Takes one event.
    pub fn push(&mut self, message: &Message<'_, '_>) {
        let byte = |number| message.definition.field(number).map(|field| message.body[field.at..].first());
        let (Some(Some(&TIMER)), Some(Some(&what)), Some(time)) = (byte(ABOUT), byte(WHAT), message.time)
        else {
            return;
        };
        match what {
            STOP | STOP_ALL | STOP_DISABLE | STOP_DISABLE_ALL => {
                self.stopped.get_or_insert(time);
            }
            START => {
                if let Some(stopped) = self.stopped.take().filter(|stopped| *stopped < time) {
                    self.pauses.push(Pause { start_ms: unix_ms(stopped), end_ms: unix_ms(time) });
                }
            }
            _ => {}
        }
    }
}
