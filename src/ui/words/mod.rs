//! Every sentence, in both languages, side by side. A sentence that is missing
//! in one of them does not compile.

mod alike;
mod answered;
mod attend;
mod catalogue;
mod declare;
mod exchange;
mod expected;
mod faults;
mod form;
mod hand_over_faults;
mod later;
mod paper;
mod programme;
mod vault_faults;
mod warnings;

pub use alike::{decision, decisions_on, likeness, likeness_check, usual_reasons};
pub use answered::AnsweredWords;
pub use attend::{AttendWords, attendee_fault, not_registered};
pub use catalogue::Words;
pub use exchange::{ExchangeWords, exchange_problem};
pub use expected::{
    ExpectedWords, guessed_by, invitation_camera_problem, line_fault, meaning, table_problem,
};
pub use faults::{
    batch_problem, camera_problem, event_fault, fault, field_label, no_phone, payer, period,
    save_problem, sector, sex, store_problem,
};
pub use form::FormWords;
pub use hand_over_faults::{receipt_problem, send_problem};
pub use later::LaterWords;
pub use paper::PaperWords;
pub use programme::ProgrammeWords;
pub use vault_faults::{
    carry_problem, frame_problem, pack_problem, restore_problem, trial_problem, work_problem,
};
pub use warnings::warning;

/// A language of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Indonesian,
    English,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::Indonesian, Language::English];

    /// BCP 47 tag.
    pub fn code(self) -> &'static str {
        match self {
            Language::Indonesian => "id",
            Language::English => "en",
        }
    }

    /// BCP 47 tag by which dates and times are written: the day before the month.
    pub fn locale(self) -> &'static str {
        match self {
            Language::Indonesian => "id-ID",
            Language::English => "en-GB",
        }
    }

    /// The language with this tag, or with its first part.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| code.split('-').next() == Some(language.code()))
    }

    /// Its own name for itself.
    pub fn name(self) -> &'static str {
        match self {
            Language::Indonesian => "Indonesia",
            Language::English => "English",
        }
    }

    /// Its sentences.
    pub fn words(self) -> &'static Words {
        match self {
            Language::Indonesian => &Words::INDONESIAN,
            Language::English => &Words::ENGLISH,
        }
    }

    /// The sentences of the rest of the app. Only what is in it may ask for them:
    /// whoever else does brings them all into the first part.
    pub fn later_words(self) -> &'static LaterWords {
        match self {
            Language::Indonesian => &LaterWords::INDONESIAN,
            Language::English => &LaterWords::ENGLISH,
        }
    }

    /// The sentences of the later steps of the form; of the rest as well.
    pub fn form_words(self) -> &'static FormWords {
        match self {
            Language::Indonesian => &FormWords::INDONESIAN,
            Language::English => &FormWords::ENGLISH,
        }
    }

    /// The sentences of the exchange between tablets; of the rest as well.
    pub fn exchange_words(self) -> &'static ExchangeWords {
        match self {
            Language::Indonesian => &ExchangeWords::INDONESIAN,
            Language::English => &ExchangeWords::ENGLISH,
        }
    }

    /// The sentences of what is printed; of the rest as well.
    pub fn paper_words(self) -> &'static PaperWords {
        match self {
            Language::Indonesian => &PaperWords::INDONESIAN,
            Language::English => &PaperWords::ENGLISH,
        }
    }

    /// The sentences of the page that explains the programme, which is in the rest
    /// of the app.
    pub fn programme_words(self) -> &'static ProgrammeWords {
        match self {
            Language::Indonesian => &ProgrammeWords::INDONESIAN,
            Language::English => &ProgrammeWords::ENGLISH,
        }
    }

    /// One of two.
    pub fn pick(self, indonesian: &'static str, english: &'static str) -> &'static str {
        match self {
            Language::Indonesian => indonesian,
            Language::English => english,
        }
    }
}

/// Puts values into the places of a sentence that are marked `{}`, in order.
pub fn fill(sentence: &str, values: &[&str]) -> String {
    let mut parts = sentence.split("{}");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for (position, part) in parts.enumerate() {
        filled.push_str(values.get(position).copied().unwrap_or_default());
        filled.push_str(part);
    }
    filled
}
