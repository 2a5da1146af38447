//! What well-known tags mean in Markdown.

use super::calls::Call;

/// What stands in a tag's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// Words in a line.
    Inline(String),
    /// Lines of their own.
    Block(String),
    /// Lines before and after what the tag holds; the tag alone where nothing closes it.
    Around(String, String),
    /// A callout of a kind, with a title, around what the tag holds, or with these words.
    Callout(&'static str, String, Option<String>),
    /// Code in a language.
    Code(String),
    /// What the tag holds, as it is.
    Plain,
    /// A remark that nobody sees.
    Comment,
    /// There is no equal.
    Unknown,
}

/// The kind of callout that a word means.
pub fn callout(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().as_str() {
        "note" | "info" | "notice" | "secondary" | "abstract" | "summary" | "example" => {
            Some("NOTE")
        }
        "tip" | "hint" | "success" | "check" | "tips" => Some("TIP"),
        "important" | "question" | "primary" | "attention" => Some("IMPORTANT"),
        "warning" | "warn" => Some("WARNING"),
        "caution" | "danger" | "error" | "bug" | "failure" => Some("CAUTION"),
        _ => None,
    }
}

/// What a shortcode or an include means by its name and values.
pub fn meaning(call: &Call) -> Meaning {
    let name = call.name.to_ascii_lowercase().replace('_', "-");
    let name = name.rsplit('/').next().unwrap_or(&name);
    let name = name.split('.').next().unwrap_or(name);
    if let Some(kind) = callout(name) {
        let title = call.value(&["title", "heading"], 0).unwrap_or_default().to_owned();
        // `{{< notice warning >}}`: what seems to be a title may be the kind
        if let Some(inner) = callout(&title) {
            let title = call.value(&["title"], 1).unwrap_or_default().to_owned();
            return Meaning::Callout(inner, title, words(call));
        }
        return Meaning::Callout(kind, title, words(call));
    }
    match name {
        "callout" | "alert" | "admonition" | "hint" | "block" | "message" | "notification" => {
            let kind = call.value(&["type", "kind", "color", "level", "class", "status"], 0);
            let kind = kind.and_then(callout).unwrap_or("NOTE");
            let title = call.value(&["title", "heading"], 1).unwrap_or_default().to_owned();
            Meaning::Callout(kind, title, words(call))
        }
        "highlight" | "code" | "codeblock" | "code-toggle" => {
            let language = call.value(&["lang", "language"], 0).unwrap_or_default();
            Meaning::Code(language.to_ascii_lowercase())
        }
        "details" | "expand" | "collapse" | "spoiler" | "accordion-item" => {
            let title = call.value(&["summary", "title"], 0).unwrap_or("Details");
            let open = format!("<details><summary>{}</summary>\n", escape(title));
            Meaning::Around(open, "</details>".to_owned())
        }
        "tab" | "tab-item" | "tabitem" => {
            let title = call.value(&["name", "header", "label", "title"], 0).unwrap_or_default();
            let open = if title.is_empty() { String::new() } else { format!("**{title}**\n") };
            Meaning::Around(open, String::new())
        }
        "tabs" | "tabpane" | "tab-pane" | "code-toggle-group" | "steps" | "cards" => {
            Meaning::Around(String::new(), String::new())
        }
        "comment" => Meaning::Comment,
        "rawhtml" | "raw-html" | "html" => Meaning::Plain,
        "quote" | "blockquote" => Meaning::Callout("", quoted(call), None),
        "figure" | "image" | "img" | "picture" | "fig" | "figure-image" | "resize-image" => {
            picture(call).map_or(Meaning::Unknown, Meaning::Block)
        }
        _ => film(name, call).map_or(Meaning::Unknown, Meaning::Block),
    }
}

/// The words of a callout that holds nothing: `{% include note.html content="..." %}`.
fn words(call: &Call) -> Option<String> {
    call.get(&["content", "text", "message", "body"]).map(str::to_owned)
}

fn quoted(call: &Call) -> String {
    call.value(&["author", "cite", "source"], 0).unwrap_or_default().to_owned()
}

/// A picture with its caption below it.
fn picture(call: &Call) -> Option<String> {
    let source = ["src", "path", "url", "file", "image_path", "image", "link"];
    let source = call.get(&source).or_else(|| call.positional.first().map(String::as_str))?;
    let caption = call.get(&["caption", "title", "description"]);
    let alt = call.get(&["alt"]).or_else(|| call.positional.get(1).map(String::as_str));
    let words = alt.or(caption).unwrap_or_default();
    let link = call.get(&["link", "href"]).filter(|link| *link != source);
    let shown = format!("![{}]({})", bracketed(words), address(source));
    let shown = match link {
        Some(link) => format!("[{shown}]({})", address(link)),
        None => shown,
    };
    let title = call.get(&["title"]).filter(|title| Some(*title) != caption);
    let credit = call.get(&["attr", "attribution", "credit"]);
    let credit = credit.map(|credit| match call.get(&["attrlink"]) {
        Some(link) => format!("[{credit}]({})", address(link)),
        None => credit.to_owned(),
    });
    let caption = caption.filter(|caption| *caption != words).map(str::to_owned);
    let parts = [Some(shown), title.map(|title| format!("**{title}**")), caption, credit];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n"))
}

/// A link to what another host would show inside the page.
fn film(name: &str, call: &Call) -> Option<String> {
    let id = call.value(&["id", "video", "videoid", "url", "src"], 0)?;
    let (label, link) = match name {
        "youtube" | "youtubeplayer" => ("Video", format!("https://www.youtube.com/watch?v={id}")),
        "vimeo" => ("Video", format!("https://vimeo.com/{id}")),
        "streamable" => ("Video", format!("https://streamable.com/{id}")),
        "tweet" | "twitter" | "x" => {
            let user = call.get(&["user"]).unwrap_or("i");
            ("Post", format!("https://x.com/{user}/status/{id}"))
        }
        "instagram" => ("Post", format!("https://www.instagram.com/p/{id}/")),
        "gist" => match call.positional.get(1) {
            Some(number) => ("Code", format!("https://gist.github.com/{id}/{number}")),
            None => ("Code", format!("https://gist.github.com/{id}")),
        },
        _ => return None,
    };
    let link = if id.contains("://") { id.to_owned() } else { link };
    let title = call.get(&["title"]).unwrap_or(&link);
    Some(format!("{label}: [{}]({})", bracketed(title), address(&link)))
}

/// An address between round brackets.
pub fn address(address: &str) -> String {
    if address.contains([' ', '(', ')', '<', '>']) {
        format!("<{}>", address.replace('<', "%3C").replace('>', "%3E"))
    } else {
        address.to_owned()
    }
}

/// Words between square brackets.
pub fn bracketed(words: &str) -> String {
    words.replace('[', "\\[").replace(']', "\\]")
}

/// Words between tags.
pub fn escape(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
