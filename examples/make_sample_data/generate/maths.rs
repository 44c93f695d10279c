//! Sine, exponential and logarithm from the four operations alone.
//!
//! Those of the machine differ in the last bit from one system to the next, and once in a million samples
//! that bit decides how a value is rounded. These use only operations that IEEE 754 fixes; they are good to
//! about twelve digits. Invariant: the same argument gives the same bits everywhere.

use std::f64::consts::{FRAC_PI_2, LN_2, PI, TAU};

/// 1/n; the division is made once.
const INVERSE: [f64; 26] = {
    let mut inverse = [1.0; 26];
    let mut n = 2;
    while n < 26 {
        inverse[n] = 1.0 / n as f64;
        n += 1;
    }
    inverse
};

/// Sine of an angle in radians.
pub fn sin(angle: f64) -> f64 {
    let turned = angle - TAU * ((angle + PI) / TAU).floor();
    // Folded to a quarter turn, where the series is short.
    let x = if turned.abs() > FRAC_PI_2 { PI.copysign(turned) - turned } else { turned };
    let (mut term, mut sum) = (x, x);
    for n in (2..22).step_by(2) {
        term *= -x * x * INVERSE[n] * INVERSE[n + 1];
        sum += term;
    }
    sum
}

/// Cosine of an angle in radians.
pub fn cos(angle: f64) -> f64 {
    sin(angle + FRAC_PI_2)
}

/// The exponential.
pub fn exp(x: f64) -> f64 {
    const HALVINGS: i32 = 10;
    let y = x * (1.0 / f64::from(1 << HALVINGS));
    let small = (1..9).rev().fold(1.0, |sum, n| 1.0 + y * INVERSE[n] * sum);
    (0..HALVINGS).fold(small, |value, _| value * value)
}

/// The natural logarithm of a positive number.
pub fn ln(x: f64) -> f64 {
    let (mut mantissa, mut twos) = (x, 0.0);
    while mantissa > 1.5 {
        mantissa /= 2.0;
        twos += 1.0;
    }
    while mantissa < 0.75 {
        mantissa *= 2.0;
        twos -= 1.0;
    }
    let z = (mantissa - 1.0) / (mantissa + 1.0);
    let series = (0..12).rev().fold(0.0, |sum, n| INVERSE[2 * n + 1] + z * z * sum);
    twos * LN_2 + 2.0 * z * series
}

/// A positive number to any power.
pub fn pow(base: f64, exponent: f64) -> f64 {
    exp(exponent * ln(base))
}
