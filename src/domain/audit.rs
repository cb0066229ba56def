//! The audit log of an event on a tablet: who did what with people's data, and when.
//!
//! Saving is not in it: every revision is its own entry, with officer, time and the hash of the one
//! before. What is here leaves no other trace: opening, looking, handing over.

use super::code::coded;
use super::{Hash, Moment};

coded! {
    /// What was done.
    pub enum AuditAction {
        /// The vault was made; the detail says at which cost of the passphrase.
        SetUp => "set_up",
        /// Rows of a version without a vault were sealed.
        Sealed => "sealed",
        /// A pack was loaded.
        PackLoaded => "pack_loaded",
        /// The event was copied as a pack for other tablets.
        PackCopied => "pack_copied",
        /// Somebody changed the list of who is expected; the detail counts who is on it now.
        ExpectedChanged => "expected_changed",
        /// Opened with the passphrase; the detail counts wrong ones before it.
        Unlocked => "unlocked",
        /// Opened with the recovery key.
        Recovered => "recovered",
        /// A new passphrase was set.
        PassphraseChanged => "passphrase_changed",
        Locked => "locked",
        /// The screen was opened again with the PIN; the detail counts wrong ones before it.
        PinUsed => "pin_used",
        /// Too many wrong PINs: the vault was locked.
        PinRefused => "pin_refused",
        /// Another officer took over.
        OfficerChosen => "officer_chosen",
        /// A person's data were shown in full.
        Revealed => "revealed",
        BatchMade => "batch_made",
        /// A batch came on on its way to the office; the detail says how.
        BatchCarried => "batch_carried",
        /// A batch was written as a spreadsheet.
        SpreadsheetMade => "spreadsheet_made",
        /// The attendance list was printed; the detail counts whose names are on it.
        ListPrinted => "list_printed",
        /// A backup was made; the detail is the name of its file.
        BackupMade => "backup_made",
        /// The event was brought here from a backup; the detail is the letter of the
        /// tablet that made it.
        Restored => "restored",
        /// What the office has was taken off the tablet; the detail counts registrations.
        Wiped => "wiped",
        /// What another tablet of the event told of whom it registered was taken; the
        /// detail is its letter.
        Exchanged => "exchanged",
        /// The tablet was tried before the event.
        Preflight => "preflight",
        Closed => "closed",
    }
}

/// One entry. Entries of one event on one tablet are a chain: none can be taken out, changed or put
/// in between without being noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// 1 for the first, one more for each after.
    pub sequence: u64,
    /// Hash of the entry before; `None` in the first.
    pub previous: Option<Hash>,
    pub at: Moment,
    /// Who did it, where somebody had said who is at work.
    pub officer: Option<String>,
    pub action: AuditAction,
    /// Id of the registration or the batch.
    pub subject: Option<String>,
    /// A fact beside it; never a name, a NIK or anything else about a participant.
    pub detail: Option<String>,
}
