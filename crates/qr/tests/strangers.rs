//! Pictures come from strangers: nothing that a file holds may do more than be refused.

#![expect(
    clippy::unwrap_used,
    reason = "a picture that cannot be drawn is a failure of the test"
)]

use std::io::Cursor;

use countersign_qr::{Code, MAX_BYTES, QrError, read, read_luma};
use fast_qr::{ECL, QRBuilder};
use image::{GrayImage, ImageFormat, Luma, Rgba, RgbaImage};
use proptest::prelude::*;

const LINK: &str = "countersign://enrol?v=1&ticket=https%3A%2F%2Fverify.acme.example%2Ft%2Fabc";

fn drawn(text: &str) -> GrayImage {
    let code = QRBuilder::new(text).ecl(ECL::M).build().unwrap();
    let side = u32::try_from(code.size).unwrap();
    GrayImage::from_fn((side + 8) * 4, (side + 8) * 4, |x, y| {
        let module = |at: u32| {
            usize::try_from((at / 4).checked_sub(4)?)
                .ok()
                .filter(|&at| at < code.size)
        };
        let dark = module(x).zip(module(y)).is_some_and(|(x, y)| code[y][x].value());
        Luma([if dark { 0 } else { 255 }])
    })
}

fn file(picture: &GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Vec::new();
    let picture = image::DynamicImage::from(picture.clone()).into_rgb8();
    picture.write_to(&mut Cursor::new(&mut file), format).unwrap();
    file
}

fn png(picture: &GrayImage) -> Vec<u8> {
    file(picture, ImageFormat::Png)
}

#[test]
fn every_format_of_a_browser_is_read() {
    use ImageFormat::{Bmp, Gif, Jpeg, Png, WebP};
    for format in [Png, Jpeg, WebP, Gif, Bmp] {
        let found = read(&file(&drawn(LINK), format));
        assert_eq!(found, Ok(vec![Code::Link(LINK.to_owned())]), "{format:?}");
    }
}

#[test]
fn a_one_time_code_is_recognised_and_its_secret_is_gone() {
    for text in [
        "otpauth://totp/Acme:ada?secret=JBSWY3DPEHPK3PXP&issuer=Acme",
        "OTPAUTH-MIGRATION://offline?data=CjEKCkhlbGxvId6tvu8",
    ] {
        let found = read(&png(&drawn(text))).unwrap();
        assert_eq!(found, [Code::OneTimeCode], "{text}");
    }
}

#[test]
fn what_is_no_link_is_not_passed_on() {
    for text in ["https://example.com/", "WIFI:S:home;P:secret;;", "ada"] {
        assert_eq!(read(&png(&drawn(text))).unwrap(), [Code::Other], "{text}");
    }
    let vendors = "authy://account?token=abc";
    assert_eq!(
        read(&png(&drawn(vendors))).unwrap(),
        [Code::Link(vendors.to_owned())]
    );
}

#[test]
fn a_link_s_text_is_in_no_debug_output() {
    let shown = format!("{:?}", read(&png(&drawn(LINK))).unwrap());
    assert_eq!(shown, "[Link(…)]");
}

#[test]
fn a_code_on_glass_is_read_whatever_colour_it_has() {
    for shade in [0, 255] {
        let glass = |x, y, point: &Luma<u8>| (x, y, Rgba([shade, shade, shade, 255 - point.0[0]]));
        let code = drawn(LINK);
        let mut picture = RgbaImage::new(code.width(), code.height());
        for (x, y, point) in code.enumerate_pixels().map(|(x, y, point)| glass(x, y, point)) {
            picture.put_pixel(x, y, point);
        }
        let mut file = Vec::new();
        picture
            .write_to(&mut Cursor::new(&mut file), ImageFormat::Png)
            .unwrap();
        assert_eq!(read(&file), Ok(vec![Code::Link(LINK.to_owned())]), "{shade}");
    }
}

#[test]
fn a_picture_without_a_code_is_no_error() {
    let empty = GrayImage::from_pixel(200, 100, Luma([200]));
    assert_eq!(read(&png(&empty)), Ok(Vec::new()));
    assert_eq!(read_luma(1, 1, vec![0]), Ok(Vec::new()));
}

#[test]
fn a_camera_s_frame_is_read_and_must_be_whole() {
    let code = drawn(LINK);
    let (width, height) = code.dimensions();
    let frame = code.into_raw();
    let found = read_luma(width, height, frame.clone());
    assert_eq!(found, Ok(vec![Code::Link(LINK.to_owned())]));
    assert_eq!(read_luma(width, height + 1, frame.clone()), Err(QrError::Damaged));
    assert_eq!(read_luma(width - 1, height, frame), Err(QrError::Damaged));
    assert_eq!(read_luma(50_000, 50_000, Vec::new()), Err(QrError::TooLarge));
}

#[test]
fn what_is_too_large_is_refused_before_it_is_unpacked() {
    assert_eq!(read(&vec![0; MAX_BYTES + 1]), Err(QrError::TooLarge));
    // A PNG that says that it is 60 000 points wide and high: 3.6 thousand millions, in a thousand bytes.
    let mut liar = png(&drawn(LINK));
    liar[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let sum = crc(&liar[12..29]);
    liar[29..33].copy_from_slice(&sum.to_be_bytes());
    assert_eq!(read(&liar), Err(QrError::TooLarge));
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg())
        })
    })
}

#[test]
fn what_is_no_picture_is_refused() {
    for file in [
        b"".as_slice(),
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"II*\0\x08\0\0\0",
        b"qoif\0\0\0\x01\0\0\0\x01\x04\0",
    ] {
        assert_eq!(read(file), Err(QrError::UnknownFormat), "{file:?}");
    }
    let mut cut = png(&drawn(LINK));
    cut.truncate(60);
    assert_eq!(read(&cut), Err(QrError::Damaged));
}

fn formats() -> impl Strategy<Value = ImageFormat> {
    use ImageFormat::{Bmp, Gif, Jpeg, Png, WebP};
    prop::sample::select(vec![Png, Jpeg, WebP, Gif, Bmp])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        drop(read(&bytes));
    }

    #[test]
    fn any_change_to_a_file_is_answered(
        format in formats(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        length in any::<prop::sample::Index>(),
        whole in any::<bool>(),
    ) {
        let small = image::imageops::thumbnail(&drawn("countersign://x"), 58, 58);
        let mut bytes = file(&small, format);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if !whole {
            bytes.truncate(length.index(bytes.len()));
        }
        drop(read(&bytes));
    }

    #[test]
    fn any_frame_is_answered(width in 1u32..90, height in 1u32..90, seed in any::<u64>(), contrast in any::<u8>()) {
        let mut state = seed | 1;
        let frame = (0..width * height).map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state.to_be_bytes()[0] & contrast
        });
        prop_assert!(read_luma(width, height, frame.collect()).is_ok());
    }
}
