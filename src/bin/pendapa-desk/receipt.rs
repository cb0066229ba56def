//! `pendapa-desk receipt`: answers batches that arrived.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use pendapa::desk::office::{OpenKeys, Received};
use pendapa::desk::receipts::{Receipts, check_answers, receipts};
use pendapa::domain::{Moment, Receipt};
use pendapa::format::digest::hex;
use pendapa::format::frames::{MOST_FRAMES, paste, split};
use pendapa::format::receipt_file::{OfficeAnswer, read_answers, read_receipt};
use pendapa::qr::draw::draw;

use crate::chance::now;
use crate::desk::{KeysArgs, Trouble, office_keys, read, show, write_new};
use crate::verify::{Arrived, arrived, tablet_of};

#[derive(Args)]
pub struct ReceiptArgs {
    /// Files, or folders that are searched for pendapa-….pendapa.json and .age
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The folder to write into; tablets fetch receipts/ beside what they upload
    #[arg(long)]
    out: PathBuf,
    /// What is not simply accepted, as JSON: a list of
    /// {"registration": "KDP1-A-058-K", "result": "rejected", "reason": "…"};
    /// results are accepted, duplicate_of (the reason is the other number) and rejected
    #[arg(long)]
    answers: Option<PathBuf>,
    /// Write each receipt as QR codes as well, and as a text that can be pasted
    #[arg(long)]
    qr: bool,
    #[command(flatten)]
    keys: KeysArgs,
}

/// Answers every batch that can be relied on. Repeated, it gives the same receipts,
/// unless the answers changed; what was rejected stays so until an answer says
/// `accepted`.
pub fn receipt(args: &ReceiptArgs) -> Result<bool, Trouble> {
    let keys = office_keys(&args.keys)?
        .ok_or("receipts are signed with the office's keys: give them with --keys")?;
    let answers = match &args.answers {
        None => Vec::new(),
        Some(path) => read_answers(&read(path)?)
            .map_err(|error| format!("{}: {error}. Nothing was written", path.display()))?,
    };
    let Arrived { batches, refused } = arrived(&args.paths, Some(&keys.identity))?;
    check_answers(&answers, &batches).map_err(|error| format!("{error}. Nothing was written"))?;
    fs::create_dir_all(&args.out)
        .map_err(|error| format!("{} cannot be made: {error}", args.out.display()))?;
    let at = Moment::new(i64::try_from(now()?).unwrap_or(0), 0);
    let mut plain = 0;
    for received in &batches {
        if received.was_sealed {
            answer(args, received, &answers, at, &keys)?;
        } else {
            plain += 1;
            show(&format!(
                "PLAIN    {}: readable by anybody on its way, and its tablet knows no office whose \
                 receipt it could believe. Somebody has to say there that the copy arrived",
                tablet_of(received)
            ));
        }
    }
    show(&format!(
        "{} receipts in {}, {plain} plain without one, {refused} files refused",
        batches.len() - plain,
        args.out.display()
    ));
    Ok(refused == 0)
}

fn answer(
    args: &ReceiptArgs,
    received: &Received,
    answers: &[OfficeAnswer],
    at: Moment,
    keys: &OpenKeys,
) -> Result<(), Trouble> {
    let tablet = tablet_of(received);
    let name = hex(&received.file_hash.0);
    let path = args.out.join(format!("{name}.json"));
    let before = match path.exists() {
        false => None,
        true => Some(
            read_receipt(&read(&path)?)
                .map_err(|error| format!("{}: {error}. Take it away first", path.display()))?,
        ),
    };
    let made = receipts(received, answers, before.as_ref(), at, &keys.receipt_key)
        .ok_or_else(|| format!("{tablet}: its id is none"))?;
    let is_known = before.is_some_and(|before| says_the_same(&before, &made));
    if !is_known {
        // Codes of other answers must not be shown beside it.
        forget_codes(&args.out, &name)?;
        replace(&path, &made.full)?;
    }
    if args.qr && !text_path(&args.out, &name).exists() {
        codes(&args.out, &name, &made.short)?;
    }
    show(&format!(
        "{}  {tablet}: {} revisions, {} of them not simply accepted, {}",
        if is_known { "known  " } else { "written" },
        received.batch.registrations.len(),
        made.exceptions,
        path.display()
    ));
    Ok(())
}

/// Whether a receipt that is there gives the same answers, at whatever time.
fn says_the_same(there: &Receipt, made: &Receipts) -> bool {
    read_receipt(&made.full).is_ok_and(|made| {
        (there.batch, there.file_hash) == (made.batch, made.file_hash)
            && there.answers == made.answers
    })
}

/// Writes a file whole, in place of what was there: whoever reads it meanwhile reads
/// the one or the other.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    let beside = path.with_extension("json.part");
    let _ = fs::remove_file(&beside);
    write_new(&beside, bytes, false)?;
    fs::rename(&beside, path)
        .map_err(|error| format!("{} cannot be written: {error}", path.display()))
}

fn text_path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.txt"))
}

fn code_path(folder: &Path, name: &str, number: usize) -> PathBuf {
    folder.join(format!("{name}-{number}.svg"))
}

/// Takes away what `codes` wrote, the text first.
fn forget_codes(folder: &Path, name: &str) -> Result<(), Trouble> {
    let drawings = (1..=MOST_FRAMES).map(|number| code_path(folder, name, number));
    for path in [text_path(folder, name)].into_iter().chain(drawings) {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(format!("{} cannot be replaced: {error}", path.display()));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The short receipt as drawings of QR codes, and as a text. The text comes last: where
/// it is, all codes are.
fn codes(folder: &Path, name: &str, receipt: &[u8]) -> Result<(), Trouble> {
    let frames = match split(receipt) {
        Ok(frames) => frames,
        Err(error) => {
            show(&format!("NO QR    {name}: {error}. Use the file"));
            return Ok(());
        }
    };
    for (at, frame) in frames.iter().enumerate() {
        let drawing = draw(frame).ok_or("a frame does not fit into a QR code")?;
        let (side, path) = (drawing.side, drawing.path);
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
             width=\"640\" height=\"640\" shape-rendering=\"crispEdges\">\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/><path d=\"{path}\"/></svg>\n"
        );
        replace(&code_path(folder, name, at + 1), svg.as_bytes())?;
    }
    replace(&text_path(folder, name), paste(&frames).as_bytes())
}
