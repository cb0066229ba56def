//! A closed vocabulary in JSON: the domain's value, written as its code.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::domain::Coded;

/// A value of a closed vocabulary, in JSON the string of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code<T>(pub T);

impl<T: Coded> Serialize for Code<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.code())
    }
}

impl<'de, T: Coded> Deserialize<'de> for Code<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<T>(std::marker::PhantomData<T>);
        impl<T: Coded> de::Visitor<'_> for Visitor<T> {
            type Value = Code<T>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a known code")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Code<T>, E> {
                T::from_code(text)
                    .map(Code)
                    .ok_or_else(|| E::custom("unknown code"))
            }
        }
        deserializer.deserialize_str(Visitor(std::marker::PhantomData))
    }
}

#[cfg(test)]
impl<T: Coded> schemars::JsonSchema for Code<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        let path = std::any::type_name::<T>();
        path.rsplit("::").next().unwrap_or(path).to_owned().into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let codes: Vec<_> = T::ALL.iter().map(|value| value.code()).collect();
        schemars::json_schema!({ "type": "string", "enum": codes })
    }
}
