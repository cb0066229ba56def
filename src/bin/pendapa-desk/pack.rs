//! `pendapa-desk pack`: makes an event pack of what the office wrote down.

use std::path::{Path, PathBuf};

use clap::Args;
use pendapa::desk::office::{earlier_people, receive};
use pendapa::domain::{Coded, Date, EventId, FullName, iso, parse_iso, typed_date};
use pendapa::format::config::rules_of;
use pendapa::format::digest::FingerprintKey;
use pendapa::format::event_pack::{
    EarlierPeople, EventDescription, EventPack, HandOverRecord, OfficeAddress, read_description,
    read_pack, write_pack,
};
use pendapa::format::office_record::OfficePublic;
use pendapa::format::pack_lists::Expected;
use pendapa::format::people_table::{Import, expected_of, guess_columns, read_table};
use pendapa::format::rules_record::RulesRecord;
use pendapa::operations::create_event::{NewEvent, USUAL_CAPACITY, read_event_form};
use pendapa::vault::carry::{close_pack, open_pack};

use crate::chance::{new_id, random};
use crate::desk::{PassphraseArgs, Trouble, new_passphrase, passphrase, read, show, write_new};
use crate::verify::{batch_files, name_of, reason};

/// Days after the event on which a tablet may still be set up.
const USUAL_DAYS: i32 = 30;

#[derive(Args)]
pub struct PackArgs {
    /// What the event is, as JSON: name, venue, date, payer, and if wished code,
    /// jht, capacity, officers, expires, upload, hand_over, consent, rules, expected
    description: PathBuf,
    /// The office's public keys (office.public.json)
    #[arg(long)]
    office: PathBuf,
    /// Plain batches of earlier events, whose people are to be noticed
    #[arg(long)]
    earlier: Vec<PathBuf>,
    /// Who is expected: a spreadsheet saved as CSV or text, with a line of titles. In the
    /// description it is `expected`; write it in one place
    #[arg(long)]
    expected: Option<PathBuf>,
    /// Take the list although something of it cannot be read; what that is, is left out
    #[arg(long, requires = "expected")]
    leave_out_faults: bool,
    /// A pack of the same event, which this one takes the place of: with another
    /// upload address or token, for tablets that have the event already too
    #[arg(long)]
    again: Option<PathBuf>,
    /// Where to write the pack; named by the event's code if left out
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

/// Makes the pack, closes it, and reads it as a tablet will.
pub fn make(args: &PackArgs) -> Result<bool, Trouble> {
    let description = read_description(&read(&args.description)?)
        .map_err(|error| format!("{}: {error}", args.description.display()))?;
    let office = OfficePublic::read(&read(&args.office)?)
        .ok_or_else(|| format!("{} holds no public keys", args.office.display()))?;
    let (chosen, before) = match &args.again {
        Some(path) => {
            let chosen = passphrase(&args.passphrase, "Event passphrase: ")?;
            let before = opened_pack(path, &chosen)?;
            (chosen, Some(before))
        }
        None => (
            new_passphrase(&args.passphrase, "Event passphrase: ")?,
            None,
        ),
    };
    let (id, fingerprint_key) = match &before {
        Some(before) => (before.event.id, before.fingerprint_key),
        None => (EventId(new_id()?), FingerprintKey(random()?)),
    };
    let mut pack = EventPack {
        earlier: earlier(&args.earlier, &fingerprint_key)?,
        office: Some(OfficeAddress {
            recipient: office.recipient,
            receipt_key: office.receipt_key,
        }),
        fingerprint_key,
        ..described(&description, id)?
    };
    if let Some(path) = &args.expected {
        pack.expected = expected(path, args.leave_out_faults, &pack)?;
    }
    if let Some(before) = &before {
        compare(before, &pack)?;
    }
    let plain = write_pack(&pack);
    let read_back = read_pack(&plain, pack.event.date)
        .map_err(|error| format!("{}: {error}", args.description.display()))?;
    let closed = close_pack(&chosen, &plain).map_err(|error| error.to_string())?;
    let opened = open_pack(&chosen, &closed).map_err(|error| error.to_string())?;
    if opened != plain || read_back != pack {
        return Err("the pack does not read back. Nothing was written".to_owned());
    }
    let code = &pack.event.code;
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("pendapa-{code}.pack.age")));
    write_new(&out, &closed, true)?;
    show(&format!(
        "{code}, {}, {} officers, {} people expected, {} people of earlier events, good until {}",
        iso(pack.event.date),
        pack.officers.len(),
        pack.expected.len(),
        earlier_count(&pack),
        iso(pack.expires)
    ));
    show(&format!("written to {}", out.display()));
    Ok(true)
}

/// A pack that was made before. That it is over matters to tablets, and not here.
fn opened_pack(path: &Path, chosen: &str) -> Result<EventPack, Trouble> {
    let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let plain = open_pack(chosen, &read(path)?).map_err(|error| wrong(&error))?;
    read_pack(&plain, Date::MIN).map_err(|error| wrong(&error))
}

/// Whether tablets with either pack work at one event and seal to one office.
fn compare(before: &EventPack, pack: &EventPack) -> Result<(), Trouble> {
    let stays = |what: &str| {
        Err(format!(
            "{what} is another than in the pack of --again, whose event tablets have already. \
             Write it as it was, or leave --again out for a new event"
        ))
    };
    if before.event.code != pack.event.code {
        return stays("the code");
    }
    if before.event.date != pack.event.date {
        return stays("the date");
    }
    if before.office != pack.office {
        return stays("the office");
    }
    Ok(())
}

/// The pack of a description, without what only this machine knows.
fn described(description: &EventDescription, id: EventId) -> Result<EventPack, Trouble> {
    let date = day("date", &description.date)?;
    let typed = NewEvent {
        name: description.name.clone(),
        venue: description.venue.clone(),
        date: typed_date(date),
        // Every tablet takes a letter of its own.
        letter: "A".to_owned(),
        code: description.code.clone(),
        payer: description.payer.clone(),
        capacity: description.capacity.unwrap_or(USUAL_CAPACITY).to_string(),
        jht: description.jht,
        sample: false,
    };
    let (event, _) = read_event_form(&typed, id).map_err(|faults| {
        let named: Vec<String> = faults
            .iter()
            .map(|(field, fault)| format!("{}: {fault}", Coded::code(*field)))
            .collect();
        named.join("; ")
    })?;
    let officer = |name: &String| {
        FullName::parse(name).map_err(|error| format!("officers: {name:?}: {error}"))
    };
    Ok(EventPack {
        event,
        expires: match &description.expires {
            Some(text) => day("expires", text)?,
            None => Date::from_julian_day(date.to_julian_day() + USUAL_DAYS)
                .map_err(|error| format!("expires: {error}"))?,
        },
        officers: description
            .officers
            .iter()
            .map(officer)
            .collect::<Result<_, _>>()?,
        office: None,
        upload: description.upload.clone(),
        hand_over: HandOverRecord::read(description.hand_over),
        fingerprint_key: FingerprintKey([0; 32]),
        earlier: Vec::new(),
        consent: description
            .consent
            .iter()
            .cloned()
            .map(|text| {
                let wrong = format!(
                    "consent: the text in {:?} does not ask each purpose once, or a part of it is \
                     empty",
                    text.language()
                );
                text.read().ok_or(wrong)
            })
            .collect::<Result<_, _>>()?,
        rules: rules(description)?,
        expected: description.expected.clone(),
    })
}

/// What the description says of rates and names, if tablets can reckon with it.
fn rules(description: &EventDescription) -> Result<RulesRecord, Trouble> {
    rules_of(&description.rules, &[]).map_err(|error| format!("rules: {error}"))?;
    Ok(description.rules.clone())
}

/// The people of a list. What cannot be read of it is shown by line, column and kind: what
/// stands there is about people.
fn expected(path: &Path, leaves_out: bool, pack: &EventPack) -> Result<Vec<Expected>, Trouble> {
    if !pack.expected.is_empty() {
        return Err(
            "who is expected stands in the description and in --expected. Write it in one \
                    place"
                .to_owned(),
        );
    }
    let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let table = read_table(&read(path)?).map_err(|error| wrong(&error))?;
    let columns = guess_columns(&table, pack.event.date).columns;
    let code = |column: usize| columns.meanings.get(column - 1).copied().flatten();
    for (column, meaning) in (1..).zip(&columns.meanings) {
        let meaning = meaning.map_or("not read", Coded::code);
        show(&format!("column {column}: {meaning}"));
    }
    let Import { expected, faults } =
        expected_of(&table, &columns, pack.event.date).map_err(|error| wrong(&error))?;
    for fault in &faults {
        let meaning = code(fault.column).map_or("no title", Coded::code);
        let (line, column, problem) = (fault.line, fault.column, &fault.problem);
        show(&format!(
            "line {line}, column {column} ({meaning}): {problem}"
        ));
    }
    if !faults.is_empty() && !leaves_out {
        return Err(format!(
            "{}: {} faults, as shown. Nothing was written; correct them, or take the list without \
             them by --leave-out-faults",
            path.display(),
            faults.len()
        ));
    }
    Ok(expected)
}

fn day(member: &str, text: &str) -> Result<Date, Trouble> {
    parse_iso(text).map_err(|error| format!("{member}: {text:?}: {error}; write it as 2026-12-02"))
}

fn earlier(paths: &[PathBuf], key: &FingerprintKey) -> Result<Vec<EarlierPeople>, Trouble> {
    let files = batch_files(paths)?;
    let batch = |file: &PathBuf| {
        let bytes = read(file)?;
        receive(&name_of(file), &bytes, None)
            .map_err(|error| format!("{}: {}", file.display(), reason(&error)))
    };
    let batches: Vec<_> = files.iter().map(batch).collect::<Result<_, _>>()?;
    Ok(earlier_people(&batches, key))
}

fn earlier_count(pack: &EventPack) -> usize {
    let people = pack.earlier.iter();
    people.map(|people| people.fingerprints.len()).sum()
}
