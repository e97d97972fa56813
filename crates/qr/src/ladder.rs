//! Several looks at one picture, each after another improvement, from the likeliest to the dearest.

use image::{GrayImage, imageops};

use crate::scan::{Work, texts};

/// From here on a picture is large: it is looked at smaller, and piece by piece.
const LARGE: u64 = 2_500_000;

/// The side of a piece of a large picture, and how far one reaches into the next: a code that is smaller than that is
/// whole in one of them, and a larger one is still large when the picture is made smaller.
const PIECE: u32 = 1280;
const OVERLAP: u32 = 480;

/// One way to look at a picture.
type Rung = fn(&GrayImage, &mut Work) -> Vec<String>;

const RUNGS: [Rung; 7] = [
    |picture, work| texts(picture, work),
    |picture, work| texts(&stretched(picture), work),
    |picture, work| texts(&doubled(&stretched(picture)), work),
    |picture, work| texts(&softened(&stretched(picture)), work),
    |picture, work| texts(&divided(&stretched(picture), 2), work),
    |picture, work| texts(&softened(&doubled(&softened(&stretched(picture)))), work),
    |picture, work| texts(&divided(&stretched(picture), 3), work),
];

const RUNGS_OF_LARGE: [Rung; 3] = [
    |picture, work| {
        let mut found = texts(&stretched(&reduced(picture)), work);
        for piece in pieces(picture) {
            found.extend(texts(&piece, work));
        }
        found
    },
    |picture, work| texts(&softened(&stretched(&reduced(picture))), work),
    |picture, work| {
        let pieces = pieces(picture);
        pieces
            .flat_map(|piece| texts(&doubled(&stretched(&piece)), work))
            .collect()
    },
];

/// Looks until something is found, or the work is used up.
pub(crate) fn climb(pictures: &[GrayImage]) -> Vec<String> {
    let mut work = Work::ALL;
    for picture in pictures {
        let rungs: &[Rung] = if points(picture) > LARGE {
            &RUNGS_OF_LARGE
        } else {
            &RUNGS
        };
        for rung in rungs {
            let found = rung(picture, &mut work);
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

fn points(picture: &GrayImage) -> u64 {
    u64::from(picture.width()) * u64::from(picture.height())
}

/// A large picture in pieces that reach into each other.
fn pieces(picture: &GrayImage) -> impl Iterator<Item = GrayImage> {
    let starts = |length: u32| {
        let step = (PIECE - OVERLAP) as usize;
        (0..length.saturating_sub(OVERLAP).max(1)).step_by(step)
    };
    let (width, height) = picture.dimensions();
    let corners = starts(height).flat_map(move |y| starts(width).map(move |x| (x, y)));
    corners.map(|(x, y)| imageops::crop_imm(picture, x, y, PIECE, PIECE).to_image())
}

/// With the darkest points black and the brightest white, but for the outermost hundredth at either end.
fn stretched(picture: &GrayImage) -> GrayImage {
    let mut counts = [0u64; 256];
    for &point in picture.as_raw() {
        counts[usize::from(point)] += 1;
    }
    let outliers = points(picture) / 100;
    let low = level(counts.iter(), outliers);
    let high = u8::MAX - level(counts.iter().rev(), outliers);
    if high <= low {
        return picture.clone();
    }
    let range = u32::from(high - low);
    let table: Vec<u8> = (0..=u8::MAX)
        .map(|point| u32::from(point.clamp(low, high) - low) * 255 / range)
        .map(|point| u8::try_from(point).unwrap_or(u8::MAX))
        .collect();
    let mut stretched = picture.clone();
    for point in stretched.iter_mut() {
        *point = table[usize::from(*point)];
    }
    stretched
}

/// The first level with more than so many points up to it.
fn level<'a>(counts: impl Iterator<Item = &'a u64>, outliers: u64) -> u8 {
    let mut counts = counts.scan(0, |sum, count| {
        *sum += count;
        Some(*sum)
    });
    let level = counts.position(|sum| sum > outliers).unwrap_or(0);
    u8::try_from(level).unwrap_or(u8::MAX)
}

/// Twice as large, each point a mixture of the four nearest. The library's scaler makes better pictures, in fifty times
/// the time.
fn doubled(picture: &GrayImage) -> GrayImage {
    let wider = doubled_across(picture);
    imageops::rotate270(&doubled_across(&imageops::rotate90(&wider)))
}

fn doubled_across(picture: &GrayImage) -> GrayImage {
    let mut wider = GrayImage::new(picture.width() * 2, picture.height());
    let rows = picture.as_raw().chunks_exact(picture.width().max(1) as usize);
    for (from, to) in rows.zip(wider.chunks_exact_mut(picture.width().max(1) as usize * 2)) {
        let last = from.len() - 1;
        for (at, pair) in to.chunks_exact_mut(2).enumerate() {
            let mixed = |with: usize| (u16::from(from[at]) * 3 + u16::from(from[with])) / 4;
            pair[0] = u8::try_from(mixed(at.saturating_sub(1))).unwrap_or(u8::MAX);
            pair[1] = u8::try_from(mixed(last.min(at + 1))).unwrap_or(u8::MAX);
        }
    }
    wider
}

/// Out of focus by about one point, which is less than what noise and small dots are.
fn softened(picture: &GrayImage) -> GrayImage {
    let across = softened_across(&softened_across(picture));
    let turned = imageops::rotate90(&across);
    imageops::rotate270(&softened_across(&softened_across(&turned)))
}

fn softened_across(picture: &GrayImage) -> GrayImage {
    let mut soft = picture.clone();
    let rows = picture.as_raw().chunks_exact(picture.width().max(1) as usize);
    for (from, to) in rows.zip(soft.chunks_exact_mut(picture.width().max(1) as usize)) {
        for (at, three) in from.windows(3).enumerate() {
            let mixed = (u16::from(three[0]) + 2 * u16::from(three[1]) + u16::from(three[2])) / 4;
            to[at + 1] = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
    }
    soft
}

/// So small that it is no longer [`LARGE`].
fn reduced(picture: &GrayImage) -> GrayImage {
    let small_enough = |by: &u32| points(picture) / (u64::from(*by) * u64::from(*by)) <= LARGE;
    divided(picture, (2..).find(small_enough).unwrap_or(2))
}

fn divided(picture: &GrayImage, by: u32) -> GrayImage {
    let (width, height) = picture.dimensions();
    imageops::thumbnail(picture, (width / by).max(1), (height / by).max(1))
}
