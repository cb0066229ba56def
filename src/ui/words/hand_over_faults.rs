//! Why a batch did not go, and why a receipt is not believed, in words.

use super::Language;
use crate::domain::SendProblem;
use crate::format::receipt_file::ReceiptError;
use crate::operations::receipts::TakeReceiptError;

use super::store_problem;

/// Why sending a batch ended, and what to do.
pub fn send_problem(language: Language, problem: SendProblem) -> &'static str {
    let l = language.later_words();
    match problem {
        SendProblem::NoConnection => l.problem_no_connection,
        SendProblem::TimedOut => l.problem_timed_out,
        SendProblem::NotTheServer => l.problem_not_the_server,
        SendProblem::Busy => l.problem_busy,
        SendProblem::ServerFails => l.problem_server_fails,
        SendProblem::TokenRefused => l.problem_token_refused,
        SendProblem::Forbidden => l.problem_forbidden,
        SendProblem::NoSuchAddress => l.problem_no_such_address,
        SendProblem::TooLarge => l.problem_too_large,
        SendProblem::OtherBytes => l.problem_other_bytes,
        SendProblem::Refused => l.problem_refused,
    }
}

/// Why a receipt was not taken, and what to do.
pub fn receipt_problem(language: Language, error: &TakeReceiptError) -> String {
    let l = language.later_words();
    match error {
        TakeReceiptError::Receipt(ReceiptError::Newer(_)) => l.receipt_newer.to_owned(),
        TakeReceiptError::Receipt(_) => l.receipt_no_receipt.to_owned(),
        TakeReceiptError::Foreign => l.receipt_foreign.to_owned(),
        TakeReceiptError::OtherBatch => l.receipt_other_batch.to_owned(),
        TakeReceiptError::NoOffice => l.receipt_no_office.to_owned(),
        TakeReceiptError::NotSigned => l.receipt_not_signed.to_owned(),
        TakeReceiptError::Store(error) => store_problem(language, error),
    }
}
