//! The small picture that the task bar of Windows shows over the program's icon: a number on a disc.

use tauri::image::Image;

const SIDE: usize = 32;

/// White on this red, which stands out on the icon and on a task bar of either colour.
const DISC: [u8; 4] = [0xc6, 0x28, 0x28, 0xff];
const INK: [u8; 4] = [0xff; 4];

/// The digits and a plus, five pixels wide and seven high, a row in each byte.
const GLYPHS: [[u8; 7]; 11] = [
    [0x0e, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0e],
    [0x04, 0x0c, 0x04, 0x04, 0x04, 0x04, 0x0e],
    [0x0e, 0x11, 0x01, 0x02, 0x04, 0x08, 0x1f],
    [0x1f, 0x02, 0x04, 0x02, 0x01, 0x11, 0x0e],
    [0x02, 0x06, 0x0a, 0x12, 0x1f, 0x02, 0x02],
    [0x1f, 0x10, 0x1e, 0x01, 0x01, 0x11, 0x0e],
    [0x06, 0x08, 0x10, 0x1e, 0x11, 0x11, 0x0e],
    [0x1f, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08],
    [0x0e, 0x11, 0x11, 0x0e, 0x11, 0x11, 0x0e],
    [0x0e, 0x11, 0x11, 0x0f, 0x01, 0x02, 0x0c],
    [0x00, 0x04, 0x04, 0x1f, 0x04, 0x04, 0x00],
];
const WIDTH: usize = 5;
const HEIGHT: usize = 7;
const PLUS: usize = 10;

/// The picture for this count: from 1 to 9 the number, above that "9+", and none for nothing.
pub(super) fn picture(count: usize) -> Option<Image<'static>> {
    let (glyphs, scale): (&[usize], usize) = match count {
        0 => return None,
        1..=9 => (&[count], 3),
        _ => (&[9, PLUS], 2),
    };
    let mut pixels = disc();
    let width = (glyphs.len() * (WIDTH + 1) - 1) * scale;
    let (left, top) = ((SIDE - width) / 2, (SIDE - HEIGHT * scale) / 2);
    for (place, glyph) in glyphs.iter().enumerate() {
        draw(
            &mut pixels,
            *glyph,
            left + place * (WIDTH + 1) * scale,
            top,
            scale,
        );
    }
    let rgba = pixels.into_iter().flatten().flatten().collect();
    Some(Image::new_owned(rgba, 32, 32))
}

type Pixels = Vec<[[u8; 4]; SIDE]>;

fn disc() -> Pixels {
    // Twice the distance of a pixel's middle from the picture's.
    let from_middle = |at: usize| (2 * at + 1).abs_diff(SIDE);
    let row = |y| {
        std::array::from_fn(|x| {
            let inside = from_middle(x).pow(2) + from_middle(y).pow(2) <= SIDE * SIDE;
            if inside { DISC } else { [0; 4] }
        })
    };
    (0..SIDE).map(row).collect()
}

fn draw(pixels: &mut Pixels, glyph: usize, left: usize, top: usize, scale: usize) {
    for (y, row) in pixels.iter_mut().skip(top).take(HEIGHT * scale).enumerate() {
        for (x, pixel) in row.iter_mut().skip(left).take(WIDTH * scale).enumerate() {
            if GLYPHS[glyph][y / scale] >> (WIDTH - 1 - x / scale) & 1 == 1 {
                *pixel = INK;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ink of a picture, row by row, at the size of the glyphs.
    fn ink(count: usize) -> Vec<String> {
        let picture = picture(count).unwrap();
        let step = if count > 9 { 2 } else { 3 };
        let top = (SIDE - HEIGHT * step) / 2;
        let rows = picture
            .rgba()
            .chunks(4 * SIDE)
            .skip(top)
            .step_by(step)
            .take(HEIGHT);
        rows.map(|row| {
            let pixels = row.chunks(4).skip(1).step_by(step);
            let signs = pixels.map(|pixel| if pixel == INK { '#' } else { '.' });
            signs.collect::<String>().trim_matches('.').to_owned()
        })
        .collect()
    }

    #[test]
    fn a_count_is_written_as_it_is_up_to_nine() {
        assert!(picture(0).is_none());
        assert_eq!(ink(1), ["#", "##", "#", "#", "#", "#", "###"]);
        assert_eq!(ink(4)[4], "#####");
        let pictures: Vec<_> = (1..=10)
            .map(|count| picture(count).unwrap().rgba().to_vec())
            .collect();
        for (at, picture) in pictures.iter().enumerate() {
            assert!(!pictures[..at].contains(picture), "{at}");
        }
        assert_eq!(picture(11).unwrap().rgba(), pictures[9]);
        assert_eq!(picture(1_000_000).unwrap().rgba(), pictures[9]);
    }

    #[test]
    fn the_picture_is_round_and_lets_the_icon_be_seen_around_it() {
        let picture = picture(3).unwrap();
        assert_eq!((picture.width(), picture.height()), (32, 32));
        assert_eq!(picture.rgba()[..4], [0; 4]);
        assert_eq!(picture.rgba()[4 * (SIDE / 2)..][..4], DISC);
    }
}
