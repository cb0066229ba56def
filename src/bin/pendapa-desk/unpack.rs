//! `pendapa-desk unpack`: opens a tablet's backup.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use pendapa::desk::backup::{Opener, Rest, UnpackError, Unpacked, unpack as unpack_backup};
use pendapa::domain::Moment;
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
    /// With --keys the passphrase is that of the office's keys, without it that of the
    /// event
    #[command(flatten)]
    keys: KeysArgs,
}

/// Writes the batches of a backup, and one more of what was in none.
pub fn unpack(args: &UnpackArgs) -> Result<bool, Trouble> {
    let bytes = read(&args.file)?;
    let secret = match identity(&args.keys)? {
        Some(identity) => identity,
        None => passphrase(&args.keys.passphrase, "Event passphrase: ")?,
    };
    let opener = match &args.keys.keys {
        Some(_) => Opener::Office(&secret),
        None => Opener::Passphrase(&secret),
    };
    // Before anything is opened: without chance and a clock nothing is made.
    let (id, millis) = (new_id()?, now()?);
    let made_at = Moment::new(i64::try_from(millis).unwrap_or(0), 0);
    let rest = || Rest {
        id: id.to_string(),
        created_at: made_at.rfc3339(),
        app: concat!("pendapa-desk ", env!("CARGO_PKG_VERSION")),
    };
    let unpacked = unpack_backup(&bytes, &opener, rest)
        .map_err(|error| format!("{}: {}", args.file.display(), reason(&error)))?;
    fs::create_dir_all(&args.out)
        .map_err(|error| format!("{} cannot be made: {error}", args.out.display()))?;
    let mut is_whole = true;
    for event in unpacked {
        is_whole &= event.damaged.is_empty();
        write(args, &event)?;
    }
    Ok(is_whole)
}

fn write(args: &UnpackArgs, event: &Unpacked) -> Result<(), Trouble> {
    for (name, bytes) in event.batches.iter().chain(&event.rest) {
        write_new(&args.out.join(name), bytes, true)?;
    }
    for row in &event.damaged {
        show(&format!("DAMAGED  {}: {row}", event.tablet));
    }
    show(&format!(
        "{}: {} batches as they were made, {}, {} rows damaged, written to {}",
        event.tablet,
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

fn reason(error: &UnpackError) -> String {
    match error {
        UnpackError::NoKey => "neither these keys nor a passphrase open it: it was made for \
                               another office, or after the event was closed"
            .to_owned(),
        UnpackError::Carry(CarryError::NotForUs) => {
            "it was made for another office's keys".to_owned()
        }
        UnpackError::Wrap(_) => "the passphrase does not open it. Try again".to_owned(),
        other => format!("{other}. Use another copy of it, or another backup"),
    }
}
