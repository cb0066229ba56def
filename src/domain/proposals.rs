//! What was said before in a field of an event, offered so that nobody types it twice: people of
//! one street come together.

use std::collections::HashMap;

use super::search::normalise;

/// From so many times on a text is offered before anything is typed.
const USUAL_FROM: usize = 2;

/// The texts of one field, the most used first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposals {
    texts: Vec<Proposal>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Proposal {
    /// As it was written last.
    text: String,
    normal: String,
    used: usize,
}

impl Proposals {
    /// From what was said, oldest first. The most used text is offered first, and of equals the
    /// one that was said last. Texts that differ only in case or punctuation are one.
    pub fn of<'a>(said: impl IntoIterator<Item = &'a str>) -> Self {
        let mut found: HashMap<String, (usize, Proposal)> = HashMap::new();
        for (at, text) in said.into_iter().enumerate() {
            let normal = normalise(text);
            if normal.is_empty() {
                continue;
            }
            let (last, proposal) = found.entry(normal.clone()).or_insert_with(|| {
                let (text, used) = (String::new(), 0);
                (at, Proposal { text, normal, used })
            });
            *last = at;
            text.clone_into(&mut proposal.text);
            proposal.used += 1;
        }
        let mut texts: Vec<_> = found.into_values().collect();
        texts.sort_by_key(|(last, proposal)| std::cmp::Reverse((proposal.used, *last)));
        let texts = texts.into_iter().map(|(_, proposal)| proposal).collect();
        Proposals { texts }
    }

    /// With texts that are offered when they fit, although nobody said them yet: after all
    /// others, in their order.
    #[must_use]
    pub fn and_known<'a>(mut self, known: impl IntoIterator<Item = &'a str>) -> Self {
        for text in known {
            let normal = normalise(text);
            if self.texts.iter().all(|proposal| proposal.normal != normal) {
                let (text, used) = (text.to_owned(), 0);
                self.texts.push(Proposal { text, normal, used });
            }
        }
        self
    }

    /// Whether there is nothing that could be offered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// What fits what is typed: a word of it begins so, and it is not all typed already. Before
    /// anything is typed, what was said more than once. At most `most`, the best first.
    #[must_use]
    pub fn fitting(&self, typed: &str, most: usize) -> Vec<&str> {
        let typed = normalise(typed);
        let fits = |proposal: &&Proposal| {
            if typed.is_empty() {
                return proposal.used >= USUAL_FROM;
            }
            let begins = |rest: &str| rest.starts_with(typed.as_str());
            let mut rests = proposal.normal.match_indices(' ').map(|(at, _)| at + 1);
            proposal.normal != typed
                && (begins(&proposal.normal) || rests.any(|at| begins(&proposal.normal[at..])))
        };
        let fitting = self.texts.iter().filter(fits);
        fitting
            .take(most)
            .map(|proposal| proposal.text.as_str())
            .collect()
    }

    /// The only text that fits, or the one that is typed in full.
    #[must_use]
    pub fn only(&self, typed: &str) -> Option<&str> {
        let normal = normalise(typed);
        if normal.is_empty() {
            return None;
        }
        let whole = self.texts.iter().find(|proposal| proposal.normal == normal);
        whole
            .map(|proposal| proposal.text.as_str())
            .or_else(|| match self.fitting(typed, 2)[..] {
                [only] => Some(only),
                _ => None,
            })
    }
}

#[cfg(test)]
#[path = "proposals_tests.rs"]
mod tests;
