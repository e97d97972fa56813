//! The pictures of the set, kind by kind.

use std::io::Cursor;

use fast_qr::ECL;
use image::{ExtendedColorType, ImageEncoder, ImageFormat, codecs::jpeg::JpegEncoder};

use super::drawing::{Dice, Figure, Place, Sheet};

/// One picture, drawn when it is its turn, and what must be read in it.
pub(crate) struct Sample {
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    pub(crate) texts: Vec<String>,
    draw: Box<dyn Fn() -> Sheet + Send + Sync>,
    /// A photograph is a JPEG of this quality; everything else is a PNG.
    jpeg: Option<u8>,
}

impl Sample {
    /// The picture as a file.
    pub(crate) fn file(&self) -> Vec<u8> {
        let picture = (self.draw)().0;
        let mut file = Vec::new();
        match self.jpeg {
            Some(quality) => JpegEncoder::new_with_quality(&mut file, quality)
                .write_image(&picture, picture.width(), picture.height(), ExtendedColorType::L8)
                .unwrap(),
            None => picture
                .write_to(&mut Cursor::new(&mut file), ImageFormat::Png)
                .unwrap(),
        }
        file
    }
}

/// A link with a ticket, and one that carries the token itself: the two lengths that there are.
fn texts() -> [String; 2] {
    let mut dice = Dice::new(7);
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut letters = |count: usize| -> String {
        (0..count)
            .map(|_| char::from(LETTERS[dice.below(64) as usize]))
            .collect()
    };
    [
        format!(
            "countersign://enrol?v=1&ticket=https%3A%2F%2Fverify.acme.example%2Ft%2F{}",
            letters(43)
        ),
        format!(
            "countersign://enrol?v=1&server=https%3A%2F%2Fverify.acme.example&service=VA{}&identity=ada&token={}\
             &issuer=Acme&account=ada%40acme.example",
            "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
            letters(420)
        ),
    ]
}

/// Collects the samples of one kind.
struct Kind<'a> {
    name: &'static str,
    samples: &'a mut Vec<Sample>,
}

impl Kind<'_> {
    fn add(
        &mut self,
        name: String,
        text: &str,
        level: ECL,
        draw: impl Fn(Figure) -> Sheet + Send + Sync + 'static,
    ) -> &mut Sample {
        let figure = Figure::of(text, level);
        self.samples.push(Sample {
            kind: self.name,
            name: format!("{name}, {} letters, {level:?}", text.len()),
            texts: vec![text.to_owned()],
            draw: Box::new(move || draw(figure.clone())),
            jpeg: None,
        });
        self.samples.last_mut().unwrap()
    }

    /// For both texts, with little and with medium redundancy.
    fn for_all(&mut self, name: &str, draw: impl Fn(Figure) -> Sheet + Clone + Send + Sync + 'static) {
        for text in texts() {
            for level in [ECL::L, ECL::M] {
                self.add(name.to_owned(), &text, level, draw.clone());
            }
        }
    }
}

/// The whole set.
pub(crate) fn all() -> Vec<Sample> {
    let mut samples = Vec::new();
    for (name, fill) in KINDS {
        fill(&mut Kind {
            name,
            samples: &mut samples,
        });
    }
    samples
}

/// Adds the pictures of one kind.
type Fill = fn(&mut Kind<'_>);

const KINDS: [(&str, Fill); 16] = [
    ("plain, 1 to 10 points per module", plain),
    ("fractional scale", fractional),
    ("without a quiet zone", edge_to_edge),
    ("light on dark", inverted),
    ("turned", turned),
    ("skewed", skewed),
    ("in perspective", perspective),
    ("blurred", blurred),
    ("noisy", noisy),
    ("low contrast", low_contrast),
    ("unevenly lit", uneven),
    ("small on a large screen", on_a_screen),
    ("several codes", several),
    ("partly covered", covered),
    ("dots instead of squares", dotted),
    ("photographed, as JPEG", photographed),
];

fn flat(figure: &Figure, scale: f32, paper: u8) -> Sheet {
    let sheet = Sheet::around(figure, scale, paper);
    let centre = sheet.centre();
    sheet.draw(figure, Place::at(centre, scale))
}

/// On a sheet with room around it for any turn.
fn placed(figure: &Figure, scale: f32, change: impl Fn(Place) -> Place) -> Sheet {
    let side = (figure.side() * scale * 1.6) as u32;
    let sheet = Sheet::blank(side, side, 255);
    let place = change(Place::at(sheet.centre(), scale));
    sheet.draw(figure, place)
}

fn plain(kind: &mut Kind<'_>) {
    for scale in [1, 2, 3, 4, 6, 10] {
        kind.for_all(&format!("{scale} points"), move |figure| {
            flat(&figure, scale as f32, 255)
        });
    }
}

fn fractional(kind: &mut Kind<'_>) {
    for scale in [1.3, 1.5, 1.75, 2.25, 2.7, 3.4] {
        kind.for_all(&format!("{scale} points"), move |figure| {
            flat(&figure, scale, 255)
        });
    }
}

fn edge_to_edge(kind: &mut Kind<'_>) {
    for (scale, quiet) in [(2.0, 0.0), (4.0, 0.0), (4.0, 1.0), (7.0, 0.0)] {
        kind.for_all(&format!("{scale} points, margin {quiet}"), move |figure| {
            flat(&Figure { quiet, ..figure }, scale, 255)
        });
    }
}

fn inverted(kind: &mut Kind<'_>) {
    for (scale, dark, light) in [
        (2.0, 0, 255),
        (4.0, 0, 255),
        (3.0, 30, 220),
        (1.5, 0, 255),
        (5.0, 60, 160),
    ] {
        kind.for_all(&format!("{scale} points, {light} on {dark}"), move |figure| {
            flat(&figure.in_colours(dark, light).inverted(), scale, dark)
        });
    }
}

fn turned(kind: &mut Kind<'_>) {
    for degrees in [2, 7, 15, 30, 45, 61, 90, 133, 180, 200, 270, 318] {
        kind.for_all(&format!("{degrees}°"), move |figure| {
            placed(&figure, 3.5, |place| Place {
                degrees: degrees as f32,
                ..place
            })
        });
    }
}

fn skewed(kind: &mut Kind<'_>) {
    for shear in [-0.35, -0.2, 0.1, 0.2, 0.3] {
        kind.for_all(&format!("by {shear}"), move |figure| {
            placed(&figure, 4.0, |place| Place {
                shear,
                degrees: 4.0,
                ..place
            })
        });
    }
}

fn perspective(kind: &mut Kind<'_>) {
    for (tilt, degrees) in [
        ((0.2, 0.0), 0.0),
        ((0.0, 0.3), 5.0),
        ((-0.25, 0.1), 20.0),
        ((0.3, 0.2), -35.0),
    ] {
        kind.for_all(&format!("tilted by {tilt:?}, {degrees}°"), move |figure| {
            placed(&figure, 4.0, |place| Place {
                tilt,
                degrees,
                ..place
            })
        });
    }
}

fn blurred(kind: &mut Kind<'_>) {
    for (scale, sigma) in [(3.0, 0.8), (4.0, 1.2), (4.0, 1.6), (6.0, 2.0), (8.0, 3.0)] {
        kind.for_all(&format!("σ {sigma} at {scale} points"), move |figure| {
            flat(&figure, scale, 255).blurred(sigma)
        });
    }
}

fn noisy(kind: &mut Kind<'_>) {
    for (scale, deviation) in [(3.0, 20.0), (4.0, 35.0), (4.0, 50.0), (6.0, 60.0)] {
        kind.for_all(&format!("σ {deviation} at {scale} points"), move |figure| {
            flat(&figure.in_colours(30, 225), scale, 225).noisy(deviation, 11)
        });
    }
}

fn low_contrast(kind: &mut Kind<'_>) {
    for (scale, dark, light) in [
        (4.0, 100, 140),
        (4.0, 120, 140),
        (3.0, 200, 225),
        (5.0, 20, 40),
        (4.0, 124, 136),
    ] {
        kind.for_all(&format!("{dark} on {light}"), move |figure| {
            flat(&figure.in_colours(dark, light), scale, light)
        });
    }
}

fn uneven(kind: &mut Kind<'_>) {
    for left in [0.6, 0.35, 0.2] {
        kind.for_all(&format!("{left} of the light left"), move |figure| {
            placed(&figure, 4.0, |place| place).lit(left)
        });
    }
}

fn on_a_screen(kind: &mut Kind<'_>) {
    let screens = [(1920, 1080), (2560, 1440), (3840, 2160)];
    for (seed, (width, height)) in (1..).zip(screens) {
        for (scale, at, dark) in [
            (2.0, (0.3, 0.4), false),
            (3.0, (0.8, 0.7), true),
            (1.5, (0.55, 0.25), false),
        ] {
            kind.for_all(
                &format!("{scale} points on {width} × {height}, dark: {dark}"),
                move |figure| {
                    let figure = if dark {
                        figure.in_colours(25, 230).inverted()
                    } else {
                        figure
                    };
                    let centre = (width as f32 * at.0, height as f32 * at.1);
                    let sheet = Sheet::blank(width, height, if dark { 40 } else { 240 }).cluttered(seed);
                    sheet.draw(&figure, Place::at(centre, scale))
                },
            );
        }
    }
}

fn several(kind: &mut Kind<'_>) {
    let [short, long] = texts();
    let other = short.replace("acme", "babbage");
    let third = short.replace("acme", "northwind");
    let groups = [
        vec![short.clone(), other.clone()],
        vec![short.clone(), long, other.clone()],
        vec![short, other, third],
    ];
    for texts in groups {
        for scale in [2.5, 4.0] {
            let figures: Vec<Figure> = texts.iter().map(|text| Figure::of(text, ECL::M)).collect();
            let name = format!("{} at {scale} points", texts.len());
            kind.samples.push(Sample {
                kind: kind.name,
                name,
                texts: texts.clone(),
                draw: Box::new(move || side_by_side(&figures, scale)),
                jpeg: None,
            });
        }
    }
}

fn side_by_side(figures: &[Figure], scale: f32) -> Sheet {
    let widest = figures.iter().map(Figure::side).fold(0.0, f32::max) * scale + 20.0;
    let mut sheet = Sheet::blank((widest * figures.len() as f32) as u32, widest as u32, 250);
    for (figure, at) in figures.iter().zip(0u8..) {
        let centre = (widest * (f32::from(at) + 0.5), widest / 2.0);
        sheet = sheet.draw(figure, Place::at(centre, scale));
    }
    sheet
}

fn covered(kind: &mut Kind<'_>) {
    for text in texts() {
        for (level, size) in [(ECL::M, 0.18), (ECL::Q, 0.25), (ECL::H, 0.3)] {
            for (at, dark) in [((0.5, 0.5), false), ((0.62, 0.62), true), ((0.5, 0.4), true)] {
                let name = format!("{size} of the side at {at:?}");
                kind.add(name, &text, level, move |figure| {
                    flat(&figure.covered(at, size, dark), 4.0, 255)
                });
            }
        }
    }
}

fn dotted(kind: &mut Kind<'_>) {
    for scale in [4.0, 6.0, 9.0] {
        kind.for_all(&format!("{scale} points"), move |figure| {
            flat(
                &Figure {
                    round: true,
                    ..figure
                },
                scale,
                255,
            )
        });
    }
}

fn photographed(kind: &mut Kind<'_>) {
    let first = kind.samples.len();
    for (seed, (degrees, tilt)) in (20..).zip([
        (4.0, (0.1, 0.05)),
        (-12.0, (0.2, 0.0)),
        (33.0, (0.1, -0.2)),
        (95.0, (0.0, 0.15)),
    ]) {
        for (width, scale) in [(1280, 5.0), (2000, 7.5)] {
            let draw = move |figure: Figure| {
                let figure = figure.in_colours(45, 210);
                let sheet = Sheet::blank(width, width * 3 / 4, 120).cluttered(seed);
                let place = Place {
                    degrees,
                    tilt,
                    ..Place::at(sheet.centre(), scale)
                };
                sheet
                    .draw(&figure, place)
                    .lit(0.5)
                    .blurred(scale / 4.0)
                    .noisy(8.0, seed)
            };
            kind.for_all(&format!("{degrees}° on {width} points"), draw);
        }
    }
    for sample in &mut kind.samples[first..] {
        sample.jpeg = Some(60);
    }
}
