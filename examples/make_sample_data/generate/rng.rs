//! Chance that is the same on every machine: a splitmix64 stream seeded by a text.
//!
//! Invariant: a stream depends on its seed text alone, so a new session changes no other session's bytes.

/// A stream of random numbers.
pub struct Rng(u64);

impl Rng {
    /// The stream that belongs to a text (FNV-1a of its bytes is the seed).
    pub fn seeded(text: &str) -> Self {
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        Self(text.bytes().fold(0xCBF2_9CE4_8422_2325, step))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to 1, 1 excluded.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number from `low` to `high`, both included.
    pub fn whole(&mut self, low: i64, high: i64) -> i64 {
        low + (self.unit() * (high - low + 1) as f64) as i64
    }

    /// A number with mean 0 and the given standard deviation, nearly normal: a sum of four.
    pub fn normal(&mut self, sd: f64) -> f64 {
        let sum: f64 = (0..4).map(|_| self.unit()).sum();
        sd * 3_f64.sqrt() * (sum - 2.0)
    }
}

/// A value that wanders around 0 and forgets where it was after about `tau_s` seconds (first-order
/// autoregression, one step a second).
pub struct Wander {
    value: f64,
    keep: f64,
    kick: f64,
}

impl Wander {
    /// Starts somewhere in its long-run distribution, which has standard deviation `sd`.
    pub fn new(rng: &mut Rng, sd: f64, tau_s: f64) -> Self {
        let keep = 1.0 - 1.0 / tau_s;
        Self { value: rng.normal(sd), keep, kick: sd * (1.0 - keep * keep).sqrt() }
    }

    /// Moves on by one second and gives the new value.
    pub fn step(&mut self, rng: &mut Rng) -> f64 {
        self.value = self.keep * self.value + rng.normal(self.kick);
        self.value
    }
}
