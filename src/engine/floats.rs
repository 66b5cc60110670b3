//! Numbers that cross the wire as one typed array, and not as an object each. `serde_bytes` knows
//! bytes alone, and `bytemuck` would see them as numbers only where they happen to be aligned.

use std::fmt;
use std::ops::Deref;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// 32-bit numbers; as bytes, little-endian, wherever they are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Floats(pub Vec<f32>);

impl Deref for Floats {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        &self.0
    }
}

impl AsRef<[f32]> for Floats {
    fn as_ref(&self) -> &[f32] {
        &self.0
    }
}

impl Serialize for Floats {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = self.0.iter().flat_map(|it| it.to_le_bytes()).collect();
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de> Deserialize<'de> for Floats {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_byte_buf(Bytes)
    }
}

struct Bytes;

impl<'de> Visitor<'de> for Bytes {
    type Value = Floats;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the bytes of 32-bit numbers")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Floats, E> {
        match bytes.as_chunks() {
            (numbers, []) => Ok(Floats(numbers.iter().map(|it| f32::from_le_bytes(*it)).collect())),
            (_, rest) => Err(E::custom(format!("{} bytes are left over", rest.len()))),
        }
    }

    /// Formats without bytes, as JSON, have a list of them.
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Floats, A::Error> {
        let mut bytes = Vec::new();
        while let Some(byte) = list.next_element::<u8>()? {
            bytes.push(byte);
        }
        self.visit_bytes(&bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_back_bit_for_bit() {
        let numbers = Floats(vec![0.0, -1.5, f32::MIN_POSITIVE, f32::NEG_INFINITY, 3.4e38]);
        let text = serde_json::to_string(&numbers).unwrap();
        let back: Floats = serde_json::from_str(&text).unwrap();
        assert_eq!(back, numbers);
        assert_eq!(serde_json::from_str::<Floats>("[]").unwrap().len(), 0);
    }

    #[test]
    fn bytes_that_make_no_number_are_refused() {
        for wrong in ["[1,2,3]", "[1,2,3,4,5]", "[256,0,0,0]", "null"] {
            assert!(serde_json::from_str::<Floats>(wrong).is_err(), "{wrong}");
        }
    }
}
