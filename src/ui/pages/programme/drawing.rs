//! The drawings of the talk: made for this page, in the manner of the icons. They show what the
//! words beside them say, so screen readers pass them over.

use leptos::prelude::*;

use crate::ui::parts::view;

/// A drawing, in a box of 96 by 72 units.
#[derive(Clone, Copy)]
pub(super) struct Drawing {
    /// What has the accent's ground under it.
    ground: &'static str,
    lines: &'static str,
}

/// Three people under one umbrella.
pub(super) const UMBRELLA: Drawing = Drawing {
    ground: "M48 8a36 26 0 0 1 36 26q-6-6-12 0q-6-6-12 0q-6-6-12 0q-6-6-12 0q-6-6-12 0q-6-6-12 0a36 26 0 0 1 36-26z",
    lines: "M48 8a36 26 0 0 1 36 26q-6-6-12 0q-6-6-12 0q-6-6-12 0q-6-6-12 0q-6-6-12 0q-6-6-12 0a36 26 0 0 1 36-26zM48 4v4M48 31v8M19 49a5 5 0 1 0 10 0a5 5 0 1 0 -10 0M43 47a5 5 0 1 0 10 0a5 5 0 1 0 -10 0M67 49a5 5 0 1 0 10 0a5 5 0 1 0 -10 0M14 68v-2a10 9 0 0 1 20 0v2M38 68v-4a10 9 0 0 1 20 0v4M62 68v-2a10 9 0 0 1 20 0v2",
};

/// Somebody with an arm in a sling, and the cross of a clinic.
pub(super) const SLING: Drawing = Drawing {
    ground: "M37 35L21 58h32zM63 20a13 13 0 1 0 26 0a13 13 0 1 0 -26 0",
    lines: "M28 18a9 9 0 1 0 18 0a9 9 0 1 0 -18 0M28.5 15h17M12 68v-12a25 22 0 0 1 50 0v12M37 35L21 58h30M37 35L51 54M50 56a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M63 20a13 13 0 1 0 26 0a13 13 0 1 0 -26 0M76 13v14M69 20h14",
};

/// A mother and her child, and money beside them.
pub(super) const FAMILY_AND_MONEY: Drawing = Drawing {
    ground: "M64 44a13 5 0 0 1 26 0v18a13 5 0 0 1 -26 0z",
    lines: "M14 14a8 8 0 1 0 16 0a8 8 0 1 0 -16 0M7 68v-22a15 16 0 0 1 30 0v22M43 45a6 6 0 1 0 12 0a6 6 0 1 0 -12 0M40 68v-3a9 9 0 0 1 18 0v3M64 44a13 5 0 1 0 26 0a13 5 0 1 0 -26 0v18a13 5 0 0 0 26 0v-18M64 50a13 5 0 0 0 26 0M64 56a13 5 0 0 0 26 0",
};

/// The family in its house.
pub(super) const HOUSE: Drawing = Drawing {
    ground: "M10 34L48 8L86 34L80 34L80 66L16 66L16 34z",
    lines: "M8 35L48 8L88 35M16 30v38h64v-38M31 36a6 6 0 1 0 12 0a6 6 0 1 0 -12 0M25 68v-8a12 11 0 0 1 24 0v8M54 46a5 5 0 1 0 10 0a5 5 0 1 0 -10 0M50 68v-3a9 9 0 0 1 18 0v3",
};

/// Coins that grow, and a plant on the highest.
pub(super) const SAVINGS: Drawing = Drawing {
    ground: "M72 26c0-8 6-13 15-13c0 9-6 13-15 13zM72 32c0-7-5-11-13-11c0 8 5 11 13 11z",
    lines: "M10 60h20a4 4 0 0 1 0 8h-20a4 4 0 0 1 0-8zM38 60h20a4 4 0 0 1 0 8h-20a4 4 0 0 1 0-8zM38 52h20a4 4 0 0 1 0 8M38 52a4 4 0 0 0 0 8M66 60h18a4 4 0 0 1 0 8h-18a4 4 0 0 1 0-8zM66 52h18a4 4 0 0 1 0 8M66 52a4 4 0 0 0 0 8M66 44h18a4 4 0 0 1 0 8M66 44a4 4 0 0 0 0 8M72 44v-18c0-8 6-13 15-13c0 9-6 13-15 13M72 32c0-7-5-11-13-11c0 8 5 11 13 11",
};

/// A sheet of a calendar and a coin.
pub(super) const CALENDAR: Drawing = Drawing {
    ground: "M16 12h44a5 5 0 0 1 5 5v9h-54v-9a5 5 0 0 1 5 -5zM58 53a14 14 0 1 0 28 0a14 14 0 1 0 -28 0",
    lines: "M54 64h-38a5 5 0 0 1 -5 -5v-42a5 5 0 0 1 5 -5h44a5 5 0 0 1 5 5v16M11 26h54M25 6v11M51 6v11M22 37h6M35 37h6M22 49h6M35 49h6M58 53a14 14 0 1 0 28 0a14 14 0 1 0 -28 0M66 58v-12h3a3.5 3.5 0 0 1 0 7h-3M69 53l4 5M76 61v-9h2a3 3 0 0 1 0 6h-2",
};

/// A price tag with a percent sign.
pub(super) const TAG: Drawing = Drawing {
    ground: "M18 8h26l32 32l-26 26l-32-32z",
    lines: "M18 8h26l32 32l-26 26l-32-32zM25 19a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M42 48l13-16M40 36a3 3 0 1 0 6 0a3 3 0 1 0 -6 0M52 44a3 3 0 1 0 6 0a3 3 0 1 0 -6 0",
};

/// A snack cart.
pub(super) const CART: Drawing = Drawing {
    ground: "M18 8h60l8 14q-6 6-12.7 0q-6 6-12.7 0q-6 6-12.7 0q-6 6-12.7 0q-6 6-12.7 0q-6 6-12.5 0z",
    lines: "M18 8h60l8 14q-6 6-12.7 0q-6 6-12.7 0q-6 6-12.7 0q-6 6-12.7 0q-6 6-12.7 0q-6 6-12.5 0zM18 26v14M78 26v14M10 40h76M14 40v16h68v-16M21 62a7 7 0 1 0 14 0a7 7 0 1 0 -14 0M61 62a7 7 0 1 0 14 0a7 7 0 1 0 -14 0M36 40a9 8 0 0 1 18 0M60 40v-5h8v5M86 40l6-4",
};

/// A rider on a motorcycle.
pub(super) const MOTORCYCLE: Drawing = Drawing {
    ground: "M11 45c1-5 5-6 10-6h20v17h-9a12 12 0 0 0 -21-8zM33 11a8 8 0 1 0 16 0a8 8 0 1 0 -16 0",
    lines: "M10 57a11 11 0 1 0 22 0a11 11 0 1 0 -22 0M66 57a11 11 0 1 0 22 0a11 11 0 1 0 -22 0M11 45c1-5 5-6 10-6h20v17h14l10-28M32 56h9M59 27h10M65 28l12 29M68 34h5M33 11a8 8 0 1 0 16 0a8 8 0 1 0 -16 0M41 13h8M38 20c-8 4-10 11-10 19M40 25l20 4M30 39h17l4 17",
};

/// A sewing machine.
pub(super) const SEWING_MACHINE: Drawing = Drawing {
    ground: "M8 58h80v10h-80z",
    lines: "M8 58h80v10h-80zM78 58v-32a10 10 0 0 0 -10 -10h-44a8 8 0 0 0 -8 8v12h16v-4h28v26M24 36v16M20 52h8M78 26h6M84 18v16M34 16v-6M26 10h16M44 24h10M14 58c0-4 20-4 20 0",
};

/// A card with a tick.
pub(super) const CARD: Drawing = Drawing {
    ground: "M19 28a8 8 0 1 0 16 0a8 8 0 1 0 -16 0M60 52a14 14 0 1 0 28 0a14 14 0 1 0 -28 0",
    lines: "M56 60h-40a6 6 0 0 1 -6 -6v-36a6 6 0 0 1 6 -6h58a6 6 0 0 1 6 6v16M19 28a8 8 0 1 0 16 0a8 8 0 1 0 -16 0M17 50a10 10 0 0 1 20 0M45 24h24M45 33h16M45 42h8M60 52a14 14 0 1 0 28 0a14 14 0 1 0 -28 0M67 52l5 5l9-10",
};

/// A drawing on the page.
#[component]
pub(super) fn Picture(of: Drawing) -> impl IntoView {
    view! {
        <svg
            class="drawing"
            viewBox="0 0 96 72"
            width="144"
            height="108"
            aria-hidden="true"
            focusable="false"
        >
            <path class="drawing-ground" d=of.ground></path>
            <path d=of.lines></path>
        </svg>
    }
}
