//! What pages let browsers load, and load ahead.

/// The Content-Security-Policy: no third party, no inline script, no inline style; a form leads to the
/// site itself; no script makes HTML or scripts of words (Trusted Types), but the one that names the
/// worker, and that of `serve`. The hash is that of [`PREFETCH`], which is data and runs nothing; a
/// browser that refuses it says the right one.
pub const POLICY: &str = "default-src 'none'; \
    script-src 'self' 'sha256-+wikZh/Jo1BN39Js/WjIOYBBbRE6OG29xUBKIh+7N9g='; \
    style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
    worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
    trusted-types postrej-site postrej-site-serve; require-trusted-types-for 'script'";

/// Speculation rules: a page of this origin that a reader seems about to open is fetched ahead, if
/// their browser and its settings (saving data, saving power) think so, too. Addresses of pages end
/// with a slash, those of files do not.
pub const PREFETCH: &str = concat!(
    r#"{"prefetch":[{"where":{"and":[{"href_matches":"/*/"},"#,
    r##"{"not":{"selector_matches":"[href^='#']"}}]},"eagerness":"moderate"}]}"##
);
