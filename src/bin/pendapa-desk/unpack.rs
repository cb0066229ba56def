//! `pendapa-desk unpack`: opens a tablet's backup.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use pendapa::desk::office::{OpenVaultError, Opener, open_vault};
use pendapa::domain::Moment;
use pendapa::operations::backup::open_backup;
use pendapa::operations::unpack::{RestDeed, Unpacked, unpack as unpack_event};
use pendapa::store::BackupEvent;
use pendapa::vault::carry::CarryError;

use crate::chance::{new_id, now};
use crate::desk::{KeysArgs, Trouble, identity, passphrase, read, show, write_new};

#[derive(Args)]
pub struct UnpackArgs {
    /// pendapa-…-backup-….json, or pendapa-rescue-….json of the rescue page
    file: PathBuf,
    /// The folder to write into; made if it is not there
    #[arg(long)]
    out: PathBuf,
    #[command(flatten)]
    keys: KeysArgs,
}

/// Writes the batches of every event in a backup, and one more of what was in none. An
/// event that does not open is named, and the others come out.
pub fn unpack(args: &UnpackArgs) -> Result<bool, Trouble> {
    let file = args.file.display();
    let events = open_backup(&read(&args.file)?)
        .map_err(|error| format!("{file}: {error}. Use another copy of it, or another backup"))?;
    let secret = match identity(&args.keys)? {
        Some(identity) => identity,
        None => passphrase(&args.keys.passphrase, "Event passphrase: ")?,
    };
    let opener = match &args.keys.keys {
        Some(_) => Opener::Office(&secret),
        None => Opener::Passphrase(&secret),
    };
    fs::create_dir_all(&args.out)
        .map_err(|error| format!("{} cannot be made: {error}", args.out.display()))?;
    let mut is_whole = true;
    for event in &events {
        let tablet = &event.event.tablet;
        let name = format!("{}-{}", tablet.event.code, tablet.letter);
        match opened(event, &opener) {
            Ok(unpacked) => {
                is_whole &= unpacked.damaged.is_empty();
                write(args, &name, &unpacked)?;
            }
            Err(trouble) => {
                is_whole = false;
                show(&format!("REFUSED  {name}: {trouble}"));
            }
        }
    }
    Ok(is_whole)
}

fn opened(event: &BackupEvent, opener: &Opener<'_>) -> Result<Unpacked, Trouble> {
    let id = event.event.id().to_string();
    let ring = event.ring.as_ref();
    let vault = ring
        .ok_or(OpenVaultError::NoKey)
        .and_then(|ring| open_vault(ring, &id, opener))
        .map_err(|error| reason(&error))?;
    let deed = RestDeed {
        id: new_id()?.to_string(),
        now: Moment::new(i64::try_from(now()?).unwrap_or(0), 0),
        app: concat!("pendapa-desk ", env!("CARGO_PKG_VERSION")),
    };
    unpack_event(event, &vault, &deed)
        .map_err(|error| format!("what was in no batch does not read as one: {error}"))
}

fn write(args: &UnpackArgs, tablet: &str, event: &Unpacked) -> Result<(), Trouble> {
    for (name, bytes) in event.batches.iter().chain(&event.rest) {
        write_new(&args.out.join(name), bytes, true)?;
    }
    for row in &event.damaged {
        show(&format!("DAMAGED  {tablet}: {row}"));
    }
    show(&format!(
        "{tablet}: {} batches as they were made, {}, {} rows damaged, written to {}",
        event.batches.len(),
        match &event.rest {
            Some((name, _)) => format!("what was in none in {name}, which nobody signed"),
            None => "nothing besides".to_owned(),
        },
        event.damaged.len(),
        args.out.display()
    ));
    Ok(())
}

fn reason(error: &OpenVaultError) -> String {
    match error {
        OpenVaultError::NoKey => "it has no key for this: with --keys it must be of an event of \
                                  the office, with a passphrase of one that is not closed"
            .to_owned(),
        OpenVaultError::Carry(CarryError::NotForUs) => {
            "it was made for another office's keys".to_owned()
        }
        OpenVaultError::Carry(error) => error.to_string(),
        OpenVaultError::Wrap(_) => "the passphrase does not open it. Try again".to_owned(),
    }
}
