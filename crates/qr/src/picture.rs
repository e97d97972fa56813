//! From a file to brightness, under limits.

use std::io::Cursor;

use image::{
    DynamicImage, GrayImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Luma, Pixel, Rgba,
};

use crate::{MAX_BYTES, MAX_PIXELS, QrError};

/// The formats, whatever else some other program may have had compiled into the decoder.
const FORMATS: [ImageFormat; 5] = [
    ImageFormat::Png,
    ImageFormat::Jpeg,
    ImageFormat::WebP,
    ImageFormat::Gif,
    ImageFormat::Bmp,
];

/// What decoding may take: all points with eight bytes each, the most that a PNG has.
const MAX_MEMORY: u64 = MAX_PIXELS * 8;

/// The picture in a file as brightness: once, or as it looks on white and on black paper if it lets the paper shine
/// through.
pub(crate) fn open(file: &[u8]) -> Result<Vec<GrayImage>, QrError> {
    if file.len() > MAX_BYTES {
        return Err(QrError::TooLarge);
    }
    let mut reader = ImageReader::new(Cursor::new(file))
        .with_guessed_format()
        .map_err(|_| QrError::Damaged)?;
    if !reader.format().is_some_and(|format| FORMATS.contains(&format)) {
        return Err(QrError::UnknownFormat);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|error| why(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(QrError::TooLarge);
    }
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| why(&error))?;
    Ok(brightness(picture))
}

fn why(error: &ImageError) -> QrError {
    match error {
        ImageError::Limits(_) => QrError::TooLarge,
        _ => QrError::Damaged,
    }
}

pub(crate) fn brightness(picture: DynamicImage) -> Vec<GrayImage> {
    if !picture.color().has_alpha() {
        return vec![picture.into_luma8()];
    }
    let picture = picture.into_rgba8();
    let on = |paper: u8| {
        GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
            over(*picture.get_pixel(x, y), paper)
        })
    };
    if picture.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
        return vec![on(0)];
    }
    vec![on(u8::MAX), on(0)]
}

fn over(pixel: Rgba<u8>, paper: u8) -> Luma<u8> {
    let (own, alpha) = (u32::from(pixel.to_luma().0[0]), u32::from(pixel.0[3]));
    let mixed = (own * alpha + u32::from(paper) * (255 - alpha)) / 255;
    Luma([u8::try_from(mixed).unwrap_or(u8::MAX)])
}
