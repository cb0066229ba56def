//! The event pack, version 1: all that sets a tablet up for an event, made by the
//! office. As a file it is sealed with the event passphrase (`vault::carry`).
//! Two tablets with the same pack work on the same event.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::canonical::to_canonical;
use super::code::Code;
use super::config::rules_of;
use super::digest::{FingerprintKey, from_hex, hex};
use super::head::head_of;
use super::pack_lists::{ConsentTextRecord, EarlierEventRecord, Expected};
use super::rules_record::RulesRecord;
use crate::domain::*;

/// `format` of every pack.
const PACK_FORMAT: &str = "pendapa-event-pack";
/// The version that this code writes.
pub const PACK_VERSION: u32 = 1;
/// Hexadecimal digits of a fingerprint.
const FINGERPRINT_DIGITS: usize = 32;

/// What a tablet needs to work at an event of the office.
#[derive(Clone, PartialEq, Eq)]
pub struct EventPack {
    pub event: Event,
    /// The last day on which a tablet may be set up with it.
    pub expires: Date,
    /// Who may work at the tablets; empty: whoever writes a name.
    pub officers: Vec<FullName>,
    /// Missing in the copy of an event that a tablet made itself.
    pub office: Option<OfficeAddress>,
    pub upload: Option<Upload>,
    pub hand_over: HandOverRules,
    /// The same on all tablets, so that they find the same NIK.
    pub fingerprint_key: FingerprintKey,
    /// Who was registered at earlier events.
    pub earlier: Vec<EarlierPeople>,
    /// Beside the texts that are built in; one in the same language takes its place.
    pub consent: Vec<ConsentText>,
    /// Rates and names in place of those that are built in.
    pub rules: RulesRecord,
    /// Who is expected.
    pub expected: Vec<Expected>,
}

/// Who was registered at an earlier event, as fingerprints of NIKs under this event's
/// key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierPeople {
    pub event: EarlierEvent,
    /// 32 hexadecimal digits each.
    pub fingerprints: Vec<String>,
}

/// To whom batches are sealed, and whose receipts are believed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeAddress {
    /// `age1…`
    pub recipient: String,
    /// `ed25519:…`
    pub receipt_key: String,
}

/// Where batches are uploaded to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// `https://…`, or a path of the app's own host.
    pub address: String,
    /// It allows creating, and nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// `tus` if left out.
    #[serde(default = "tus", skip_serializing_if = "is_tus")]
    pub protocol: Code<UploadProtocol>,
}

fn tus() -> Code<UploadProtocol> {
    Code(UploadProtocol::Tus)
}

fn is_tus(protocol: &Code<UploadProtocol>) -> bool {
    *protocol == tus()
}

/// How long things may take on their way to the office; what is left out is as usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOverRecord {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_after_hours: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brake_after_days: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wipe_after_days: Option<u32>,
}

impl HandOverRecord {
    /// `None` where all is as usual.
    pub fn of(rules: &HandOverRules) -> Option<Self> {
        let unusual = |value: u32, usual: u32| (value != usual).then_some(value);
        let usual = HandOverRules::USUAL;
        (*rules != usual).then(|| HandOverRecord {
            remind_after_hours: unusual(rules.remind_after_hours, usual.remind_after_hours),
            brake_after_days: unusual(rules.brake_after_days, usual.brake_after_days),
            wipe_after_days: unusual(rules.wipe_after_days, usual.wipe_after_days),
        })
    }

    /// The rules, where what is left out is as usual.
    pub fn read(record: Option<Self>) -> HandOverRules {
        let usual = HandOverRules::USUAL;
        let Some(record) = record else {
            return usual;
        };
        HandOverRules {
            remind_after_hours: record
                .remind_after_hours
                .unwrap_or(usual.remind_after_hours),
            brake_after_days: record.brake_after_days.unwrap_or(usual.brake_after_days),
            wipe_after_days: record.wipe_after_days.unwrap_or(usual.wipe_after_days),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct EventPackRecord {
    format: String,
    version: u32,
    id: String,
    code: String,
    name: String,
    venue: String,
    date: String,
    programmes: Vec<Code<Programme>>,
    payer: Code<Payer>,
    capacity: u32,
    expires: String,
    officers: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    office: Option<OfficeAddress>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    upload: Option<Upload>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hand_over: Option<HandOverRecord>,
    fingerprint_key: String,
    /// Without saying of which event.
    earlier: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    earlier_events: Vec<EarlierEventRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    consent: Vec<ConsentTextRecord>,
    #[serde(default, skip_serializing_if = "RulesRecord::is_empty")]
    rules: RulesRecord,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    expected: Vec<Expected>,
}

/// Why a pack is refused. Nothing of it is used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PackError {
    #[error("not a pack: line {line}, column {column}")]
    Json { line: usize, column: usize },
    #[error("not an event pack")]
    Format,
    #[error("pack version {0} is newer than this app")]
    Newer(u32),
    #[error("member {0} is not what it should be")]
    Member(&'static str),
    #[error("the pack was good until {}", iso(*.until))]
    Expired { until: Date },
}

/// The bytes of a pack, to be sealed.
pub fn write_pack(pack: &EventPack) -> Vec<u8> {
    let event = &pack.event;
    to_canonical(&EventPackRecord {
        format: PACK_FORMAT.to_owned(),
        version: PACK_VERSION,
        id: event.id.to_string(),
        code: event.code.to_string(),
        name: event.name.clone(),
        venue: event.venue.clone(),
        date: iso(event.date),
        programmes: event.programmes.iter().copied().map(Code).collect(),
        payer: Code(event.payer),
        capacity: event.capacity,
        expires: iso(pack.expires),
        officers: pack
            .officers
            .iter()
            .map(|officer| officer.as_str().to_owned())
            .collect(),
        office: pack.office.clone(),
        upload: pack.upload.clone(),
        hand_over: HandOverRecord::of(&pack.hand_over),
        fingerprint_key: hex(&pack.fingerprint_key.0),
        earlier: pack
            .earlier
            .iter()
            .filter(|people| people.event.date.is_none())
            .flat_map(|people| people.fingerprints.iter().cloned())
            .collect(),
        earlier_events: pack
            .earlier
            .iter()
            .filter_map(EarlierEventRecord::of)
            .collect(),
        consent: pack.consent.iter().map(ConsentTextRecord::of).collect(),
        rules: pack.rules.clone(),
        expected: pack.expected.clone(),
    })
    .expect("a pack holds only strings and exact integers")
}

/// Reads a pack on a day. Members that are not known are left alone: a later
/// office may say more.
pub fn read_pack(bytes: &[u8], today: Date) -> Result<EventPack, PackError> {
    let json = |error: serde_json::Error| PackError::Json {
        line: error.line(),
        column: error.column(),
    };
    let head = head_of(bytes).map_err(json)?;
    match (head.format.as_str(), head.version) {
        (PACK_FORMAT, PACK_VERSION) => {}
        (PACK_FORMAT, newer) if newer > PACK_VERSION => return Err(PackError::Newer(newer)),
        _ => return Err(PackError::Format),
    }
    let record: EventPackRecord = serde_json::from_slice(bytes).map_err(json)?;
    let member = PackError::Member;
    let expires = parse_iso(&record.expires).map_err(|_| member("expires"))?;
    if expires < today {
        return Err(PackError::Expired { until: expires });
    }
    if record
        .upload
        .as_ref()
        .is_some_and(|upload| !is_safe(&upload.address))
    {
        return Err(member("upload"));
    }
    let earlier = earlier_people(record.earlier, record.earlier_events)?;
    if record.expected.iter().any(|expected| !expected.is_sane()) {
        return Err(member("expected"));
    }
    let consent: Option<Vec<ConsentText>> = record
        .consent
        .into_iter()
        .map(ConsentTextRecord::read)
        .collect();
    rules_of(&record.rules, &[]).map_err(|_| member("rules"))?;
    Ok(EventPack {
        consent: consent.ok_or(member("consent"))?,
        rules: record.rules,
        expected: record.expected,
        event: Event {
            id: EventId::parse(&record.id).ok_or(member("id"))?,
            code: EventCode::parse(&record.code).map_err(|_| member("code"))?,
            name: record.name,
            venue: record.venue,
            date: parse_iso(&record.date).map_err(|_| member("date"))?,
            programmes: record.programmes.into_iter().map(|code| code.0).collect(),
            payer: record.payer.0,
            capacity: record.capacity,
            sample: false,
        },
        expires,
        officers: record
            .officers
            .iter()
            .map(|name| FullName::parse(name))
            .collect::<Result<_, _>>()
            .map_err(|_| member("officers"))?,
        office: record.office,
        upload: record.upload,
        hand_over: HandOverRecord::read(record.hand_over),
        fingerprint_key: from_hex(&record.fingerprint_key)
            .and_then(|bytes| bytes.try_into().ok())
            .map(FingerprintKey)
            .ok_or(member("fingerprint_key"))?,
        earlier,
    })
}

fn earlier_people(
    unnamed: Vec<String>,
    events: Vec<EarlierEventRecord>,
) -> Result<Vec<EarlierPeople>, PackError> {
    let mut all = Vec::new();
    if !unnamed.is_empty() {
        all.push(EarlierPeople {
            event: EarlierEvent::default(),
            fingerprints: unnamed,
        });
    }
    for event in events {
        all.push(event.read().ok_or(PackError::Member("earlier_events"))?);
    }
    let mut prints = all.iter().flat_map(|people| &people.fingerprints);
    if prints.any(|print| !is_fingerprint(print)) {
        return Err(PackError::Member("earlier"));
    }
    Ok(all)
}

/// What an office writes down to have a pack made of it, in JSON. A member that
/// is not known is a slip of the pen here, and refused.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventDescription {
    pub name: String,
    pub venue: String,
    /// `2026-12-02`
    pub date: String,
    /// Suggested from venue and name if left out.
    #[serde(default)]
    pub code: String,
    /// Beside JKK and JKM, which are always offered.
    #[serde(default)]
    pub jht: bool,
    /// `self`, `public_budget` or `other`
    pub payer: String,
    #[serde(default)]
    pub capacity: Option<u32>,
    #[serde(default)]
    pub officers: Vec<String>,
    /// 30 days after the event if left out.
    #[serde(default)]
    pub expires: Option<String>,
    #[serde(default)]
    pub upload: Option<Upload>,
    #[serde(default)]
    pub hand_over: Option<HandOverRecord>,
    #[serde(default)]
    pub consent: Vec<ConsentTextRecord>,
    /// Rates and names in place of those that are built in.
    #[serde(default)]
    pub rules: RulesRecord,
    /// Who is expected, each by the codes of the form's fields.
    #[serde(default)]
    pub expected: Vec<Expected>,
}

/// Reads what an office wrote down. The text says line, column and what is wrong.
pub fn read_description(bytes: &[u8]) -> Result<EventDescription, String> {
    let told = |error: serde_json::Error| error.to_string();
    let description: EventDescription = serde_json::from_slice(bytes).map_err(told)?;
    let written: serde_json::Value = serde_json::from_slice(bytes).map_err(told)?;
    let rules = serde_json::to_value(&description.rules).map_err(told)?;
    if written
        .get("rules")
        .is_some_and(|written| *written != rules)
    {
        return Err("rules: there is a member that is not known, or one that is empty".to_owned());
    }
    Ok(description)
}

/// Whether batches may be sent there: over an encrypted connection, to this
/// machine itself, or to the host that the app came from.
fn is_safe(address: &str) -> bool {
    match address.split_once("://") {
        Some(("https", rest)) => !rest.is_empty(),
        Some(("http", rest)) => {
            let host = rest.split(['/', ':']).next().unwrap_or_default();
            matches!(host, "localhost" | "127.0.0.1")
        }
        Some(_) => false,
        None => !address.is_empty() && !address.starts_with("//"),
    }
}

fn is_fingerprint(text: &str) -> bool {
    text.len() == FINGERPRINT_DIGITS && from_hex(text).is_some()
}

#[cfg(test)]
#[path = "event_pack_tests.rs"]
mod tests;
