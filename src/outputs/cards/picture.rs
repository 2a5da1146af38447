//! An SVG as a PNG file: the same bytes on every machine.
//!
//! resvg promises the same pixels everywhere. They are packed by `miniz_oxide`, which has no second
//! way for certain processors. A card has few colours, so that a byte a pixel holds it without loss;
//! one with more (a theme may draw gradients) is written in full colour.

use std::collections::HashMap;

use png::{BitDepth, ColorType, Encoder, chunk};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use super::{HEIGHT, WIDTH, face};

/// How hard the packing tries, up to 10: 9 takes three times as long for a fortieth less.
const EFFORT: u8 = 6;

/// The first bytes of every PNG file, up to its header's two lengths.
const SIGNATURE: &[u8; 16] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// Bytes of a pixel as it is drawn: red, green, blue, and no transparency, the ground being opaque.
const PIXEL: usize = 4;

const ROW: usize = WIDTH as usize * PIXEL;

/// Draws an SVG of a card's size. An error says what is wrong with it.
pub fn draw(svg: &str) -> Result<Vec<u8>, String> {
    let options = Options {
        fontdb: face::database(),
        font_family: face::FAMILY.to_owned(),
        // a picture's address would be a file of this machine
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let mut pixels = Pixmap::new(WIDTH, HEIGHT).ok_or("there is no memory for it")?;
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    encode(pixels.data()).map_err(|error| error.to_string())
}

/// Whether the bytes begin as a PNG file of a card's size does.
pub fn is_card(bytes: &[u8]) -> bool {
    let lengths = [WIDTH.to_be_bytes(), HEIGHT.to_be_bytes()].concat();
    bytes.strip_prefix(SIGNATURE).is_some_and(|rest| rest.starts_with(&lengths))
}

fn encode(pixels: &[u8]) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::with_capacity(32 * 1024);
    let mut encoder = Encoder::new(&mut file, WIDTH, HEIGHT);
    encoder.set_depth(BitDepth::Eight);
    let rows = if let Some((palette, rows)) = indexed(pixels) {
        encoder.set_color(ColorType::Indexed);
        encoder.set_palette(palette);
        rows
    } else {
        encoder.set_color(ColorType::Rgb);
        full(pixels)
    };
    let mut writer = encoder.write_header()?;
    writer.write_chunk(chunk::IDAT, &miniz_oxide::deflate::compress_to_vec_zlib(&rows, EFFORT))?;
    writer.finish()?;
    Ok(file)
}

/// A palette in the order in which colours appear, and the rows in its terms, each after the number
/// of its filter (0: none); `None` where a byte cannot number the colours.
fn indexed(pixels: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut numbers: HashMap<&[u8], u8> = HashMap::new();
    let mut palette = Vec::new();
    let mut rows = Vec::with_capacity(pixels.len() / PIXEL + HEIGHT as usize);
    let (mut above, mut last): (&[u8], (&[u8], u8)) = (&[], (&[], 0));
    for row in pixels.chunks_exact(ROW) {
        if row == above {
            rows.extend_from_within(rows.len() - WIDTH as usize - 1..);
            continue;
        }
        above = row;
        rows.push(0);
        for pixel in row.chunks_exact(PIXEL) {
            if pixel != last.0 {
                let next = u8::try_from(numbers.len());
                let number = if let Some(known) = numbers.get(pixel) {
                    *known
                } else {
                    numbers.insert(pixel, next.ok()?);
                    palette.extend_from_slice(&pixel[..3]);
                    next.ok()?
                };
                last = (pixel, number);
            }
            rows.push(last.1);
        }
    }
    Some((palette, rows))
}

/// The rows in full colour, each as its difference to the one above (filter 2): a gradient becomes
/// nearly nothing.
fn full(pixels: &[u8]) -> Vec<u8> {
    let mut rows = Vec::with_capacity(pixels.len());
    let mut above = vec![0; WIDTH as usize * 3];
    for row in pixels.chunks_exact(ROW) {
        let row: Vec<u8> = row.chunks_exact(PIXEL).flat_map(|pixel| &pixel[..3]).copied().collect();
        rows.push(2);
        rows.extend(row.iter().zip(&above).map(|(own, above)| own.wrapping_sub(*above)));
        above = row;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inside: &str) -> String {
        format!("<svg xmlns='http://www.w3.org/2000/svg' width='1200' height='630'>{inside}</svg>")
    }

    type Decoded = Result<(ColorType, Vec<[u8; 3]>), Box<dyn std::error::Error>>;

    /// The kind of file, and the colours of some pixels, as another program decodes them.
    fn decoded(file: &[u8], points: &[(usize, usize)]) -> Decoded {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
        let kind = decoder.read_header_info()?.color_type;
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info()?;
        let mut pixels = vec![0; reader.output_buffer_size().unwrap_or_default()];
        reader.next_frame(&mut pixels)?;
        let at = |(x, y): &(usize, usize)| (y * WIDTH as usize + x) * 3;
        let colours = points.iter().map(|point| [0, 1, 2].map(|part| pixels[at(point) + part]));
        Ok((kind, colours.collect()))
    }

    #[test]
    fn few_colours_take_a_byte_each() -> Result<(), Box<dyn std::error::Error>> {
        let file = draw(&svg("<rect x='600' width='600' height='630' fill='#12594d'/>"))?;
        assert!(is_card(&file));
        let colours = vec![[255, 255, 255], [0x12, 0x59, 0x4d]];
        assert_eq!(decoded(&file, &[(0, 0), (1199, 629)])?, (ColorType::Indexed, colours));
        Ok(())
    }

    #[test]
    fn many_colours_are_kept_as_they_are() -> Result<(), Box<dyn std::error::Error>> {
        let gradient = "<linearGradient id='g' x2='0' y2='1'><stop stop-color='#000'/>\
                        <stop offset='1' stop-color='#f80'/></linearGradient>\
                        <rect width='1200' height='630' fill='url(#g)'/>";
        let file = draw(&svg(gradient))?;
        let (kind, colours) = decoded(&file, &[(5, 0), (5, 315), (5, 629)])?;
        assert_eq!(kind, ColorType::Rgb);
        assert!(colours[0][0] < 2 && (126..130).contains(&colours[1][0]) && colours[2][0] > 253);
        assert!(file.len() < 40_000, "{}", file.len());
        Ok(())
    }

    #[test]
    fn no_file_of_the_machine_is_shown() {
        let empty = draw(&svg(""));
        assert!(empty.is_ok());
        assert_eq!(draw(&svg("<image href='/etc/logo.svg' width='99' height='99'/>")), empty);
    }

    #[test]
    fn what_is_no_picture_is_told() {
        assert!(draw("<svg").is_err());
        assert!(draw("<svg xmlns='http://www.w3.org/2000/svg' width='0' height='1'/>").is_err());
    }
}
