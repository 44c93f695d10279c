//! The document around a page: policy, style and script, all of it inside the file.

use crate::report::theme::css_variables;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Hover and sorting; the page says everything without it.
const SCRIPT: &str = include_str!("script.js");

/// SHA-256 of the script in base64. A test computes it again and says what to write here.
const SCRIPT_HASH: &str = "FIPn+FTFXSI+IWpOmqAwgLqO+zPImOKUT01W7Zo+2wc=";

/// What a page may load: its own style, nothing else.
pub(in crate::report) const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// What a page with the script may load and run besides.
pub(super) fn policy() -> String {
    format!("{POLICY}; script-src 'sha256-{SCRIPT_HASH}'")
}

/// A whole document around a body, with the skip link that leads to `#main`, and with the script.
pub fn shell(title: &str, body: &Markup) -> Markup {
    let body = html! { (body) script { (PreEscaped(SCRIPT)) } };
    document(title, &policy(), include_str!("style.css"), &body)
}

/// The same with a style sheet of its own and without the script.
pub(in crate::report) fn plain(title: &str, sheet: &str, body: &Markup) -> Markup {
    document(title, POLICY, sheet, body)
}

fn document(title: &str, policy: &str, sheet: &str, body: &Markup) -> Markup {
    let (light, dark) = (css_variables(false), css_variables(true));
    let style = format!(
        ":root{{color-scheme:light dark;{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{sheet}"
    );
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                link rel="icon" href="data:,";
                title { (title) }
                style { (PreEscaped(style)) }
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                (body)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::prelude::{BASE64_STANDARD, Engine};
    use sha2::{Digest, Sha256};

    #[test]
    fn the_policy_names_the_script_as_it_is() {
        let hash = BASE64_STANDARD.encode(Sha256::digest(SCRIPT.as_bytes()));
        assert_eq!(SCRIPT_HASH, hash, "the script has changed: write its hash into SCRIPT_HASH");
    }

    #[test]
    fn the_script_is_small_and_stays_in_its_element() {
        assert!(SCRIPT.len() < 8000, "{}", SCRIPT.len());
        for never in ["</script", "<!--", "http", "fetch(", "eval(", "innerHTML", "import "] {
            assert!(!SCRIPT.contains(never), "{never}");
        }
        let page = shell("x", &html! { main #main {} }).into_string();
        assert_eq!(page.matches("<script>").count(), 1);
        assert!(page.contains(&format!("<script>{SCRIPT}</script></body></html>")));
    }
}
