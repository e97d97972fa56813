//! All monitors, as Windows and macOS show them to a program.

use xcap::Monitor;

use super::Shot;

pub(super) async fn shots() -> Result<Vec<Shot>, String> {
    let shots = tokio::task::spawn_blocking(|| {
        Monitor::all()?
            .iter()
            .map(Monitor::capture_image)
            .collect::<Result<Vec<_>, _>>()
    });
    let shots = shots.await.map_err(|error| error.to_string())?;
    let shots = shots.map_err(|error: xcap::XCapError| error.to_string())?;
    if shots.is_empty() {
        return Err("there is no monitor".to_owned());
    }
    let rgba = |shot: xcap::image::RgbaImage| Shot::Rgba {
        width: shot.width() as usize,
        height: shot.height() as usize,
        bytes: shot.into_raw(),
    };
    Ok(shots.into_iter().map(rgba).collect())
}
