//! The picture on the system's clipboard, as a file: WebKitGTK hands none to its page.

use tauri::image::Image;
use throughline_app::{Failure, Result};

/// A picture as PNG.
///
/// # Errors
/// `unreadable_picture` where its pixels and its size do not go together.
pub fn png(picture: &Image<'_>) -> Result<Vec<u8>> {
    let unreadable = |_| {
        Failure::new("unreadable_picture", "The picture on the clipboard could not be read.")
            .hint("Save it as a file, and drop the file on the note.")
    };
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(unreadable)?;
    writer.write_image_data(picture.rgba()).map_err(unreadable)?;
    writer.finish().map_err(unreadable)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn a_picture_keeps_its_pixels() {
        let pixels = [10, 20, 30, 255, 40, 50, 60, 128];
        let bytes = png(&Image::new(&pixels, 2, 1)).unwrap();
        let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().unwrap();
        let mut read = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut read).unwrap();
        assert_eq!((info.width, info.height, &read[..]), (2, 1, &pixels[..]));
    }

    #[test]
    fn one_whose_pixels_are_too_few_is_refused() {
        assert_eq!(png(&Image::new(&[0; 4], 2, 1)).unwrap_err().code, "unreadable_picture");
    }
}
