//! What a file is and which device wrote it, from its `file_id` message.
//!
//! Invariant: no more leaves of the serial number than a hash of 32 bits, which tells two devices apart.

use super::frame::Message;
use super::messages::Fields;
use fitparser::profile::field_types::{File, GarminProduct, Manufacturer};
use xxhash_rust::xxh3::xxh3_64;

const TYPE: u8 = 0;
const MANUFACTURER: u8 = 1;
const PRODUCT: u8 = 2;
const SERIAL_NUMBER: u8 = 3;
const PRODUCT_NAME: u8 = 8;
/// The fields of `file_id` that are read.
pub const FIELDS: [u8; 5] = [TYPE, MANUFACTURER, PRODUCT, SERIAL_NUMBER, PRODUCT_NAME];

/// The file type of a recorded activity.
const ACTIVITY: u8 = 4;
/// Makers whose products are numbered by Garmin's list.
const GARMIN_FAMILY: [u16; 4] = [1, 13, 15, 89];
/// The maker number of writers that have none of their own.
const DEVELOPMENT: u16 = 255;

/// The name of the kind of file, where it says that it is something else than an activity.
#[must_use]
pub fn other_kind(file_id: &Fields) -> Option<String> {
    let kind = file_id.byte(TYPE).filter(|kind| *kind != ACTIVITY)?;
    Some(if File::is_named_variant(i64::from(kind)) {
        spaced(&File::from(kind).to_string())
    } else {
        format!("type {kind}")
    })
}

/// Maker and product as text, such as `garmin fr955`, as far as the file says them.
#[must_use]
pub fn name(file_id: &Fields) -> Option<String> {
    let number = |field| file_id.number(field).map(|raw| raw as u16);
    let maker = number(MANUFACTURER)
        .filter(|maker| *maker != DEVELOPMENT && Manufacturer::is_named_variant(i64::from(*maker)));
    let product = match (file_id.text(PRODUCT_NAME), number(PRODUCT)) {
        (Some(text), _) => Some(text.to_owned()),
        (None, Some(product)) if maker.is_some_and(|maker| GARMIN_FAMILY.contains(&maker)) => {
            Some(if GarminProduct::is_named_variant(i64::from(product)) {
                spaced(&GarminProduct::from(product).to_string())
            } else {
                format!("product {product}")
            })
        }
        _ => None,
    };
    let maker = maker.map(|maker| spaced(&Manufacturer::from(maker).to_string()));
    match (maker, product) {
        (Some(maker), Some(product)) if product.to_lowercase().starts_with(&maker) => Some(product),
        (Some(maker), Some(product)) => Some(format!("{maker} {product}")),
        (maker, product) => maker.or(product),
    }
}

/// Which single device it was, as a hash of maker, product and serial number; `None` without a serial number.
#[must_use]
pub fn recorder(file_id: &Fields) -> Option<String> {
    let number = |field| file_id.number(field).map_or(0, |raw| raw as u64);
    let serial = number(SERIAL_NUMBER);
    let text = format!("{} {} {serial}", number(MANUFACTURER), number(PRODUCT));
    (serial > 0).then(|| format!("{:04x}", xxh3_64(text.as_bytes()) >> 48))
}

/// Whom it was set to, as a hash of sex and height; `None` where it was not set.
#[must_use]
pub fn wearer(user_profile: &Fields) -> Option<String> {
    let sex = user_profile.byte(1)?;
    let height_cm = (100.0 * user_profile.number(3)?).round() as u64;
    (height_cm > 0).then(|| format!("{:04x}", xxh3_64(format!("{sex} {height_cm}").as_bytes()) >> 48))
}

/// The field of `field_description` with the name.
const FIELD_NAME: u8 = 3;

/// Finds out whether power comes from a Stryd pod rather than from the recorder.
#[derive(Debug, Default)]
pub struct PowerPod {
    has_stryd_fields: bool,
    is_garmin: bool,
}

impl PowerPod {
    /// Takes the `file_id`. Watches of Garmin keep to their own power, whatever pod they are paired with.
    pub fn recorded_by(&mut self, file_id: &Fields) {
        let maker = file_id.number(MANUFACTURER).map(|raw| raw as u16);
        self.is_garmin = maker.is_some_and(|maker| GARMIN_FAMILY.contains(&maker));
    }

    /// Takes one `field_description`. Only Stryd tells the power that goes into form.
    pub fn push(&mut self, message: &Message<'_, '_>) {
        let field = message.definition.field(FIELD_NAME);
        let name = field.and_then(|field| message.body.get(field.at..field.at + field.size));
        self.has_stryd_fields |= name.is_some_and(|name| name.starts_with(b"Form Pow"));
    }

    /// Who measured the power of a recording by this device.
    #[must_use]
    pub fn source(&self, device: Option<&String>) -> Option<String> {
        let is_pod = device.is_some_and(|name| name.to_lowercase().starts_with("stryd"));
        let is_paired = self.has_stryd_fields && !self.is_garmin;
        if is_pod || is_paired { Some("Stryd".to_owned()) } else { device.cloned() }
    }
}

/// A name of the profile as words.
fn spaced(name: &str) -> String {
    name.replace('_', " ")
}
