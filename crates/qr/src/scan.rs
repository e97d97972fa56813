//! One look at one picture.

use image::GrayImage;
use rxing::{
    BinaryBitmap, Luma8Source,
    common::{BitMatrix, DetectorRXingResult, HybridBinarizer},
    qrcode::cpp_port::{
        decoder::Decode,
        detector::{FindFinderPatterns, GenerateFinderPatternSets, SampleQR},
    },
};

use crate::unwinding;

/// What one file may cost, in points that are looked at; everything else is counted as so many of them. It is measured
/// in work and not in time, so that an answer does not depend on how busy the computer is.
pub(crate) struct Work(u64);

impl Work {
    /// Enough for the largest picture, from every side: a few seconds.
    pub(crate) const ALL: Self = Self(200_000_000);

    /// What it costs to try whether three corners belong together.
    const ATTEMPT: u64 = 10_000;

    /// Whether there is as much left, which is then gone.
    fn spend(&mut self, points: u64) -> bool {
        let left = self.0.checked_sub(points);
        self.0 = left.unwrap_or(0);
        left.is_some()
    }
}

/// How many corners of codes one look follows up, the largest first. A wall of them is no code, and a hundred codes
/// are more than anybody chooses from.
const CORNERS: usize = 300;

/// The texts of all codes that one look finds: dark on light, and light on dark.
pub(crate) fn texts(picture: &GrayImage, work: &mut Work) -> Vec<String> {
    let (width, height) = picture.dimensions();
    if !work.spend(u64::from(width) * u64::from(height)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    // What was found before the library slipped stays found.
    unwinding(|| {
        let Ok(source) = Luma8Source::new_with_slice(picture.as_raw(), width, height) else {
            return;
        };
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        for _ in 0..2 {
            collect(bitmap.get_black_matrix(), work, &mut found);
            bitmap.invert();
        }
    });
    found
}

fn collect(matrix: &BitMatrix, work: &mut Work, found: &mut Vec<String>) {
    let mut corners = FindFinderPatterns(matrix, true, 0);
    // Each was compared with those before it.
    let compared = corners.len() as u64;
    if !work.spend(compared * compared / 8) {
        return;
    }
    corners.sort_by_key(|corner| std::cmp::Reverse(corner.size));
    corners.truncate(CORNERS);
    let mut used = Vec::new();
    for set in GenerateFinderPatternSets(&mut corners) {
        let parts = [set.bl, set.tl, set.tr];
        if parts.iter().any(|part| used.contains(part)) {
            continue;
        }
        if !work.spend(Work::ATTEMPT) {
            return;
        }
        let Ok(sampled) = SampleQR(matrix, &set) else {
            continue;
        };
        if let Ok(code) = Decode(sampled.getBits())
            && code.isValid()
        {
            used.extend(parts);
            found.push(code.text());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Corners of codes without codes, as close as they can be: what costs the most for its size.
    fn wall(side: u32) -> GrayImage {
        GrayImage::from_fn(side, side, |x, y| {
            let ring = |at: u32| (at % 8).abs_diff(3);
            let dark = matches!(ring(x).max(ring(y)), 0 | 1 | 3);
            image::Luma([if dark { 0 } else { 255 }])
        })
    }

    #[test]
    fn a_picture_that_is_made_to_be_slow_is_given_up() {
        let mut work = Work(10_000_000);
        assert_eq!(texts(&wall(1024), &mut work), Vec::<String>::new());
        assert!(!work.spend(1));
    }

    #[test]
    fn nothing_is_looked_at_when_the_work_is_used_up() {
        let mut work = Work(99);
        assert_eq!(texts(&wall(10), &mut work), Vec::<String>::new());
        assert!(!work.spend(1));
    }
}
