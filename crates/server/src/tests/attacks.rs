//! The attacks of the table in docs/security.md that concern the server as a whole. Each prints its figure.
//!
//! They are tried as often as takes a few seconds; COUNTERSIGN_ATTACK_SCALE says how many times that.

mod bombing;
pub(super) mod bounds;
mod clocks;
mod enumeration;
mod forgeries;
mod isolation;
mod races;

/// How often something is tried that is usually tried so often.
pub(super) fn times(usual: usize) -> usize {
    let scale = std::env::var("COUNTERSIGN_ATTACK_SCALE").map_or(1, |scale| scale.parse().unwrap());
    usual * scale
}

/// Numbers that look random, and are the same in each run.
struct Dice(u64);

impl Dice {
    /// One of so many numbers, from zero.
    fn below(&mut self, bound: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 1).unwrap() % bound
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length)
            .map(|_| u8::try_from(self.below(256)).unwrap())
            .collect()
    }
}
