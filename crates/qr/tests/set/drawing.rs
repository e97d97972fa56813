//! Drawing codes as they are met: turned, tilted, lit from one side, out of focus, on a screen full of other things.

use fast_qr::{ECL, QRBuilder};
use image::{GrayImage, Luma, imageops};

/// Numbers that look like chance and are the same on every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        u32::try_from(self.next() >> 33).unwrap() % bound
    }

    /// About normal, with a deviation of one.
    fn normal(&mut self) -> f32 {
        let sum = self.next().to_le_bytes().map(f32::from).iter().sum::<f32>();
        (sum / 255.0 - 4.0) / (8.0_f32 / 12.0).sqrt()
    }
}

/// A code before it is drawn: its modules, and what is done to them.
#[derive(Clone)]
pub(crate) struct Figure {
    pub(crate) modules: Vec<Vec<bool>>,
    /// Light margin around it, in modules.
    pub(crate) quiet: f32,
    pub(crate) dark: u8,
    pub(crate) light: u8,
    /// Modules as dots instead of squares.
    pub(crate) round: bool,
}

impl Figure {
    pub(crate) fn of(text: &str, level: ECL) -> Self {
        let code = QRBuilder::new(text).ecl(level).build().unwrap();
        let row = |y: usize| (0..code.size).map(|x| code[y][x].value()).collect();
        Self {
            modules: (0..code.size).map(row).collect(),
            quiet: 4.0,
            dark: 0,
            light: 255,
            round: false,
        }
    }

    pub(crate) fn inverted(self) -> Self {
        Self {
            dark: self.light,
            light: self.dark,
            ..self
        }
    }

    pub(crate) fn in_colours(self, dark: u8, light: u8) -> Self {
        Self { dark, light, ..self }
    }

    pub(crate) fn side(&self) -> f32 {
        self.modules.len() as f32 + 2.0 * self.quiet
    }

    /// Something laid over the middle, or a stain elsewhere; `size` is its side as part of the code's.
    pub(crate) fn covered(mut self, at: (f32, f32), size: f32, dark: bool) -> Self {
        let length = self.modules.len() as f32;
        for (y, row) in self.modules.iter_mut().enumerate() {
            for (x, module) in row.iter_mut().enumerate() {
                let near = |position: usize, at: f32| (position as f32 / length - at).abs() <= size / 2.0;
                if near(x, at.0) && near(y, at.1) {
                    *module = dark;
                }
            }
        }
        self
    }

    /// Brightness at a place, in modules from the outer corner; nothing outside.
    fn at(&self, x: f32, y: f32) -> Option<u8> {
        if x < 0.0 || y < 0.0 || x >= self.side() || y >= self.side() {
            return None;
        }
        let (x, y) = (x - self.quiet, y - self.quiet);
        let module = || self.modules.get(y as usize)?.get(x as usize).copied();
        let dark = x >= 0.0 && y >= 0.0 && module().unwrap_or(false);
        let off_centre = (x.fract() - 0.5).hypot(y.fract() - 0.5);
        Some(if dark && !(self.round && off_centre > 0.5) {
            self.dark
        } else {
            self.light
        })
    }
}

/// Where a figure is on the picture: a plane in space, seen from the front.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) centre: (f32, f32),
    /// Points per module.
    pub(crate) scale: f32,
    pub(crate) degrees: f32,
    pub(crate) shear: f32,
    /// How much nearer one side is than the other, over the figure's width and height.
    pub(crate) tilt: (f32, f32),
}

impl Place {
    pub(crate) fn at(centre: (f32, f32), scale: f32) -> Self {
        Self {
            centre,
            scale,
            degrees: 0.0,
            shear: 0.0,
            tilt: (0.0, 0.0),
        }
    }

    /// From a point of the picture to a place on the figure.
    fn onto(&self, figure: &Figure, x: f32, y: f32) -> (f32, f32) {
        let (x, y) = (x - self.centre.0, y - self.centre.1);
        let (sin, cos) = self.degrees.to_radians().sin_cos();
        let (x, y) = (x * cos + y * sin, y * cos - x * sin);
        let side = figure.side();
        let depth = 1.0 + (x * self.tilt.0 + y * self.tilt.1) / (side * self.scale);
        let (x, y) = (x / depth / self.scale, y / depth / self.scale);
        (x - self.shear * y + side / 2.0, y + side / 2.0)
    }
}

/// A sheet with figures on it.
pub(crate) struct Sheet(pub(crate) GrayImage);

impl Sheet {
    pub(crate) fn blank(width: u32, height: u32, paper: u8) -> Self {
        Self(GrayImage::from_pixel(width, height, Luma([paper])))
    }

    /// Just as large as the figure at this scale, turned or not.
    pub(crate) fn around(figure: &Figure, scale: f32, paper: u8) -> Self {
        let side = (figure.side() * scale).ceil() as u32;
        Self::blank(side, side, paper)
    }

    pub(crate) fn centre(&self) -> (f32, f32) {
        (self.0.width() as f32 / 2.0, self.0.height() as f32 / 2.0)
    }

    /// Draws with several looks per point, as a camera's sensor or a good scaler does.
    pub(crate) fn draw(mut self, figure: &Figure, place: Place) -> Self {
        let looks = if place.scale > 4.0 { 2 } else { 4 };
        let reach = figure.side() * place.scale * 1.6;
        let span = |centre: f32, length: u32| {
            (centre - reach).max(0.0) as u32..((centre + reach).max(0.0) as u32).min(length)
        };
        let (width, height) = self.0.dimensions();
        for y in span(place.centre.1, height) {
            for x in span(place.centre.0, width) {
                let below = self.0.get_pixel(x, y).0[0];
                let mut sum = 0;
                for look in 0..looks * looks {
                    let within = |part: u32| (part as f32 + 0.5) / looks as f32;
                    let (u, v) = place.onto(
                        figure,
                        x as f32 + within(look % looks),
                        y as f32 + within(look / looks),
                    );
                    sum += u32::from(figure.at(u, v).unwrap_or(below));
                }
                let mean = u8::try_from(sum / (looks * looks)).unwrap();
                self.0.put_pixel(x, y, Luma([mean]));
            }
        }
        self
    }

    pub(crate) fn blurred(self, sigma: f32) -> Self {
        Self(imageops::fast_blur(&self.0, sigma))
    }

    pub(crate) fn noisy(self, deviation: f32, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        self.each(|_, _, point| point + dice.normal() * deviation)
    }

    /// Lit from the left above: at the far end only this part of the light is left.
    pub(crate) fn lit(self, left: f32) -> Self {
        let (width, height) = self.0.dimensions();
        self.each(|x, y, point| {
            let way = (x as f32 / width as f32 + y as f32 / height as f32) / 2.0;
            point * (1.0 - way * (1.0 - left))
        })
    }

    /// What a screen is full of: windows, lines of text, and rows of square icons.
    pub(crate) fn cluttered(mut self, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let (width, height) = self.0.dimensions();
        for _ in 0..6 {
            let (w, h) = (200 + dice.below(width / 2), 150 + dice.below(height / 2));
            let (x, y) = (dice.below(width), dice.below(height));
            let shade = 60 + u8::try_from(dice.below(190)).unwrap();
            self.fill((x, y, w, h), shade);
            let ink = if shade > 140 { 20 } else { 235 };
            for line in 0..h / 18 {
                let mut across = 12;
                while across + 60 < w {
                    let word = 4 + dice.below(9);
                    for letter in 0..word {
                        let (up, thick) = (dice.below(5), 1 + dice.below(2));
                        self.fill(
                            (x + across + letter * 7, y + 8 + line * 18 + up, thick, 10 - up),
                            ink,
                        );
                        self.fill((x + across + letter * 7, y + 8 + line * 18 + up, 4, 1), ink);
                    }
                    across += word * 7 + 6;
                }
            }
        }
        self
    }

    fn fill(&mut self, (x, y, width, height): (u32, u32, u32, u32), shade: u8) {
        for y in y..(y + height).min(self.0.height()) {
            for x in x..(x + width).min(self.0.width()) {
                self.0.put_pixel(x, y, Luma([shade]));
            }
        }
    }

    fn each(mut self, mut change: impl FnMut(u32, u32, f32) -> f32) -> Self {
        for (x, y, point) in self.0.enumerate_pixels_mut() {
            point.0[0] = change(x, y, f32::from(point.0[0])).clamp(0.0, 255.0) as u8;
        }
        self
    }
}
