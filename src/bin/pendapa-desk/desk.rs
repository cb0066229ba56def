//! The commands, what they ask for, and how they say it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use pendapa::desk::office::{KeysError, OpenKeys, close_again, make_keys, open_office, receive};
use pendapa::format::batch_file::file_name;
use pendapa::format::digest::sha256;
use pendapa::vault::carry::CarryError;
use pendapa::vault::wrap::Passphrase;
use zeroize::Zeroizing;

use crate::pack::{PackArgs, make as make_pack};
use crate::receipt::{ReceiptArgs, receipt};
use crate::unpack::{UnpackArgs, unpack};
use crate::verify::{line_of, name_of, reason, verify};

/// The private halves, closed by a passphrase.
const KEYS_FILE: &str = "office.keys.age";
/// The public halves, for event packs.
const PUBLIC_FILE: &str = "office.public.json";

#[derive(Parser)]
#[command(version, about = "Pendapa at the office: keys, batches, checks")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make the office's keys in a folder
    Keys {
        folder: PathBuf,
        #[command(flatten)]
        passphrase: PassphraseArgs,
    },
    /// Make an event pack that sets tablets up
    Pack(PackArgs),
    /// Close the office's keys by one more passphrase, for a second custodian
    Custodian {
        /// The office's closed keys (office.keys.age)
        #[arg(long)]
        keys: PathBuf,
        /// Where to write the same keys, closed by the new passphrase
        #[arg(long)]
        out: PathBuf,
        #[command(flatten)]
        passphrase: PassphraseArgs,
        /// Read the new passphrase from the first line of a file instead of asking
        #[arg(long)]
        new_passphrase_file: Option<PathBuf>,
    },
    /// Check batches: each alone, and all of them as chains
    Verify {
        /// Files, or folders that are searched for pendapa-….pendapa.json and .age
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        keys: KeysArgs,
    },
    /// Answer batches with signed receipts, by which tablets may forget them
    Receipt(ReceiptArgs),
    /// Open a tablet's backup: write its batches, and what was in none as one more.
    /// With --keys the passphrase is that of the office's keys, without that of the event
    Unpack(UnpackArgs),
    /// Open a sealed batch and write the plain JSON beside it
    Open {
        file: PathBuf,
        /// Where to write; beside it, named by the plain JSON's own hash if left out
        #[arg(long)]
        out: Option<PathBuf>,
        #[command(flatten)]
        keys: KeysArgs,
    },
}

#[derive(Args)]
pub struct KeysArgs {
    /// The office's closed keys (office.keys.age)
    #[arg(long)]
    pub keys: Option<PathBuf>,
    #[command(flatten)]
    pub passphrase: PassphraseArgs,
}

#[derive(Args)]
pub struct PassphraseArgs {
    /// Read the passphrase from the first line of a file instead of asking
    #[arg(long)]
    passphrase_file: Option<PathBuf>,
}

/// A sentence for the office: what happened, and what to do.
pub type Trouble = String;

pub fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Keys { folder, passphrase } => keys(&folder, &passphrase),
        Command::Pack(args) => make_pack(&args),
        Command::Verify { paths, keys } => verify(&paths, &keys),
        Command::Receipt(args) => receipt(&args),
        Command::Custodian {
            keys,
            out,
            passphrase,
            new_passphrase_file,
        } => custodian(&keys, &out, &passphrase, new_passphrase_file),
        Command::Unpack(args) => unpack(&args),
        Command::Open { file, out, keys } => open(&file, out, &keys),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(trouble) => {
            say(&mut io::stderr(), &format!("pendapa-desk: {trouble}"));
            ExitCode::from(2)
        }
    }
}

/// Writes a line. A closed pipe is the reader's own wish.
fn say(to: &mut dyn Write, line: &str) {
    let _ = writeln!(to, "{line}");
}

pub fn show(line: &str) {
    say(&mut io::stdout(), line);
}

pub fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

/// Writes a new file, whole or not at all; one that is there stays.
pub fn write_new(path: &Path, bytes: &[u8], is_secret: bool) -> Result<(), Trouble> {
    let fail = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            format!("{} is there already and stays as it is", path.display())
        }
        _ => format!("{} cannot be written: {error}", path.display()),
    };
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if is_secret {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let mut file = options.open(path).map_err(fail)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a file must not be taken for a whole one.
        let _ = fs::remove_file(path);
    }
    written.map_err(fail)
}

/// A passphrase as it counts, to open and to close with: as a tablet takes it, however
/// many blanks somebody types between the words and around them.
pub fn passphrase(from: &PassphraseArgs, question: &str) -> Result<Zeroizing<String>, Trouble> {
    let typed = match &from.passphrase_file {
        Some(path) => {
            let bytes = Zeroizing::new(read(path)?);
            let text = String::from_utf8_lossy(&bytes);
            Zeroizing::new(text.lines().next().unwrap_or_default().to_owned())
        }
        None => rpassword::prompt_password(question)
            .map(Zeroizing::new)
            .map_err(|error| {
                format!("no passphrase can be asked for here ({error}); use --passphrase-file")
            })?,
    };
    let counted = Passphrase::typed(&typed);
    Ok(Zeroizing::new(counted.as_str().to_owned()))
}

/// A passphrase to close something with, asked for twice.
pub fn new_passphrase(from: &PassphraseArgs, question: &str) -> Result<Zeroizing<String>, Trouble> {
    let chosen = passphrase(from, question)?;
    Passphrase::choose(&chosen).map_err(|error| format!("{error}. Nothing was written"))?;
    if from.passphrase_file.is_none() && passphrase(from, "The same again: ")? != chosen {
        return Err("the two passphrases differ. Nothing was written; try again".to_owned());
    }
    Ok(chosen)
}

fn keys(folder: &Path, from: &PassphraseArgs) -> Result<bool, Trouble> {
    let (closed, public) = (folder.join(KEYS_FILE), folder.join(PUBLIC_FILE));
    for path in [&closed, &public] {
        if path.exists() {
            return Err(format!(
                "{} is there already. Keys are never written over: whoever loses them loses \
                 every batch that is sealed to them. Use another folder.",
                path.display()
            ));
        }
    }
    let chosen = new_passphrase(from, "Passphrase for the office's keys: ")?;
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| format!("no randomness: {error}"))?;
    let (office, bytes) = make_keys(&chosen, seed).map_err(|error| error.to_string())?;
    // Keys that do not open again would be found out too late.
    open_office(&chosen, &bytes).map_err(|error| error.to_string())?;
    fs::create_dir_all(folder)
        .map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    write_new(&closed, &bytes, true)?;
    write_new(&public, &office.write(), false)?;
    show(&format!("recipient    {}", office.recipient));
    show(&format!("receipt key  {}", office.receipt_key));
    show(&format!("private      {}", closed.display()));
    show(&format!("public       {}", public.display()));
    show("Keep the private file in two places, and the passphrase with two people.");
    Ok(true)
}

/// The office's keys, where they were given.
pub fn office_keys(args: &KeysArgs) -> Result<Option<OpenKeys>, Trouble> {
    let Some(path) = &args.keys else {
        return Ok(None);
    };
    let closed = read(path)?;
    let typed = passphrase(&args.passphrase, "Passphrase of the office's keys: ")?;
    open_office(&typed, &closed)
        .map(Some)
        .map_err(|error| keys_trouble(path, &error))
}

fn keys_trouble(path: &Path, error: &KeysError) -> Trouble {
    match error {
        KeysError::Carry(CarryError::NotForUs) => {
            "the passphrase does not open the keys. Try again".to_owned()
        }
        error => format!("{}: {error}", path.display()),
    }
}

/// The office's key for batches, where its keys were given.
pub fn identity(args: &KeysArgs) -> Result<Option<Zeroizing<String>>, Trouble> {
    Ok(office_keys(args)?.map(|keys| keys.identity))
}

fn custodian(
    path: &Path,
    out: &Path,
    from: &PassphraseArgs,
    new_file: Option<PathBuf>,
) -> Result<bool, Trouble> {
    let closed = read(path)?;
    let typed = passphrase(from, "Passphrase of the office's keys: ")?;
    open_office(&typed, &closed).map_err(|error| keys_trouble(path, &error))?;
    let new_from = PassphraseArgs {
        passphrase_file: new_file,
    };
    let chosen = new_passphrase(&new_from, "Passphrase of the other custodian: ")?;
    let again =
        close_again(&typed, &closed, &chosen).map_err(|error| keys_trouble(path, &error))?;
    write_new(out, &again, true)?;
    show(&format!("private      {}", out.display()));
    show("Either file opens every batch with its own passphrase. Keep them in two places.");
    Ok(true)
}

fn open(file: &Path, out: Option<PathBuf>, args: &KeysArgs) -> Result<bool, Trouble> {
    if args.keys.is_none() {
        return Err("a sealed batch opens with --keys office.keys.age".to_owned());
    }
    let bytes = read(file)?;
    let identity = identity(args)?;
    let identity = identity.as_deref().map(String::as_str);
    let received = receive(&name_of(file), &bytes, identity)
        .map_err(|error| format!("{}: {}", file.display(), reason(&error)))?;
    // What comes out is no longer the file that arrived: the digits in that one's name
    // are of other bytes.
    let own_name = || file_name(&received.batch.manifest, &sha256(&received.plain));
    let out = out.unwrap_or_else(|| file.with_file_name(own_name()));
    write_new(&out, &received.plain, true)?;
    show(&line_of(file, &received));
    show(&format!(
        "written to {}: readable by anybody who has the file",
        out.display()
    ));
    Ok(true)
}
