//! What massage can and cannot do, and what belongs before a clinician. Fixed text but for a red flag of the day.

use crate::analysis::Analysis;
use crate::report::{sentences, text};
use maud::{Markup, html};

/// See a clinician before massage or running.
const CLINICIAN: [&str; 11] = [
    "Pain in one spot of a bone, or pain on hopping or on pressing one spot",
    "Pain at night or at rest",
    "Pain that changes your stride or gets worse through a run",
    "A sudden pop, visible bruising or a changed shape",
    "A calf that is swollen, warm, red or painful at rest, above all after travel or surgery: urgent",
    "Chest pain, breathlessness or fainting: an emergency",
    "Numbness or weakness, numbness in the saddle, a change of bladder or bowel: an emergency",
    "Fever, or feeling ill",
    "Dark urine with severe muscle pain or swelling after a race: urgent",
    "A joint that swells or locks; weight loss or missed periods together with bone pain",
    "Pain of 5 of 10 or more, pain that limits running for more than 7 to 10 days, or tightness that three massages did not change",
];

/// No massage, or ask first.
const ASK_FIRST: [&str; 5] = [
    "A fresh injury, there, for the first 48 to 72 hours",
    "An open wound, infected skin, a fracture, recent surgery or an injection in the area",
    "A known or suspected clot, blood thinners, a bleeding disorder, severe varicose veins",
    "Cancer treatment, high blood pressure out of control, heart failure, loss of feeling",
    "Pregnancy (see a specialist); a contagious illness",
];

/// The section.
pub fn section() -> Markup {
    html! {
        p {
            "Massage may make legs feel less sore and slightly more flexible for a day or three. It has not been shown \
             to speed objective recovery, improve performance or prevent injury. The timing rules here are mostly \
             convention of practitioners."
        }
        ul {
            li { "Soreness after hard running: a small effect in runners, larger in pooled laboratory trials; most at two to three days." }
            li { "Flexibility: a small effect. Strength, sprint, jump and endurance: none shown." }
            li { "Feeling recovered and relaxed: yes, without a change in objective markers." }
            li { "Right before a race it does not replace a warm-up, and may slightly lower power." }
            li { "About one in ten is sore from the massage itself, for up to 36 to 48 hours. Harder is not better." }
        }
    }
}

/// Red flags: the one of the day, where there is one, and the lists that hold for everybody.
pub fn red_flags(analysis: &Analysis) -> Markup {
    html! {
        @if let Some(flag) = sentences::red_flag(analysis) {
            p.tried { strong { "Today: " } (text::clean(flag)) ". No massage is planned while it holds." }
        }
        div.flags {
            div {
                h3 { "See a clinician before massage or running" }
                ul { @for line in CLINICIAN { li { (line) } } }
            }
            div {
                h3 { "No massage, or ask first" }
                ul { @for line in ASK_FIRST { li { (line) } } }
            }
        }
        p.note { "These lists stand whatever the load numbers say. This page describes training and does not diagnose." }
    }
}
