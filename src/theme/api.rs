//! The template API: what templates and components see, read off the view types themselves.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::Value;

use crate::page::views::{
    CalloutView, CompareView, Head, MessageView, ReminderView, SiteView, SocialCardView, View,
};

/// The version of the API, as `api:` of a theme.yaml names it. It grows when something that a theme
/// may use is gone or means something else, and stays when something is added.
pub const VERSION: usize = 1;

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A text.
    Text,
    /// A number.
    Number,
    /// true or false.
    Flag,
    /// Several of one shape.
    List(Box<Shape>),
    /// A record, by its name in [`Api::records`].
    Record(String),
    /// Nothing is known.
    Open,
}

/// A variable or a field.
#[derive(Debug, Clone)]
pub struct Variable {
    /// What it is.
    pub shape: Shape,
    /// Whether it may be null.
    pub nullable: bool,
    /// One sentence or more, as Markdown.
    pub meaning: String,
}

/// A named group of fields.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    /// What it stands for.
    pub meaning: String,
    /// By name.
    pub fields: BTreeMap<String, Variable>,
}

/// Everything a theme may rely on.
#[derive(Debug)]
pub struct Api {
    /// Views by the name of their type.
    pub records: BTreeMap<String, Fields>,
    /// What the variable `view` is, by template: `article.html`.
    pub views: BTreeMap<String, Shape>,
}

/// Components that the text of an article is made of, with the shape of their one argument, `view`.
pub const CALLED: [(&str, &str); 5] = [
    ("callout", "CalloutView"),
    ("checklist", "nothing"),
    ("compare", "CompareView"),
    ("message", "MessageView"),
    ("reminder", "ReminderView"),
];

/// Templates whose page has a text: they see the variable `body`.
pub const WITH_BODY: [&str; 5] =
    ["article.html", "home.html", "page.html", "question.html", "section.html"];

/// What stands on every page, rendered once for all pages of a section: a variable, its HTML, and
/// the template that makes it, where the theme has it. That one sees `site` and `section`.
pub const PARTS: [(&str, &str); 2] = [("masthead", "masthead.html"), ("footer", "footer.html")];

/// The template of the social cards, which no page is made with.
pub const CARD: &str = "card.svg";

/// The API of this program, made when it is first asked for.
pub fn api() -> &'static Api {
    static API: LazyLock<Api> = LazyLock::new(make);
    &API
}

impl Api {
    /// What a template sees at its top. One that is no page's own, such as `base.html`, sees what
    /// every page has, and a `view` of which nothing is known.
    pub fn variables(&self, template: &str) -> BTreeMap<String, Shape> {
        let record = |name: &str| Shape::Record(name.to_owned());
        let mut all = BTreeMap::from([("site".to_owned(), record("SiteView"))]);
        if PARTS.iter().any(|(_, own)| *own == template) {
            all.insert("section".to_owned(), Shape::Text);
            return all;
        }
        all.insert("page".to_owned(), record("Head"));
        if template == CARD {
            all.insert("above".to_owned(), Shape::Text);
            return all;
        }
        all.extend(PARTS.map(|(part, _)| (part.to_owned(), Shape::Text)));
        let view = self.views.get(template);
        if view.is_none() || WITH_BODY.contains(&template) {
            all.insert("body".to_owned(), Shape::Text);
        }
        all.insert("view".to_owned(), view.cloned().unwrap_or(Shape::Open));
        all.insert("card".to_owned(), record("SocialCardView"));
        all
    }

    /// Reads a shape as components write it: `Card`, `[Card]`, `text`, `number`, `flag`, each with
    /// a `?` behind it where it may be null. `None` where there is no such record.
    pub fn shape(&self, written: &str) -> Option<Shape> {
        let written = written.trim().trim_end_matches('?');
        let inside = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        Some(match (written, inside) {
            (_, Some(inside)) => Shape::List(Box::new(self.shape(inside)?)),
            ("text", _) => Shape::Text,
            ("number", _) => Shape::Number,
            ("flag", _) => Shape::Flag,
            ("any", _) => Shape::Open,
            ("nothing", _) => Shape::Record(NOTHING.to_owned()),
            (name, _) => Shape::Record(self.records.get_key_value(name)?.0.clone()),
        })
    }
}

impl Shape {
    /// As components and the documentation write it.
    pub fn written(&self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Number => "number".to_owned(),
            Self::Flag => "flag".to_owned(),
            Self::List(inside) => format!("[{}]", inside.written()),
            Self::Record(name) => name.clone(),
            Self::Open => "any".to_owned(),
        }
    }

    /// In a sentence: `a list`.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Flag => "true or false",
            Self::List(_) => "a list",
            Self::Record(_) | Self::Open => "a record",
        }
    }
}

fn make() -> Api {
    let mut generator = SchemaGenerator::default();
    let whole = schema::<View>(&mut generator);
    for add in [
        schema::<SiteView>,
        schema::<Head>,
        schema::<SocialCardView>,
        schema::<MessageView>,
        schema::<ReminderView>,
        schema::<CalloutView>,
        schema::<CompareView>,
    ] {
        add(&mut generator);
    }
    let definitions = generator.take_definitions(true);
    let kinds = whole["anyOf"].as_array().or_else(|| definitions["View"]["anyOf"].as_array());
    let views = kinds.into_iter().flatten().map(|kind| {
        // a page that shows nothing of its own has a view without fields
        let shape = match variable(kind).shape {
            Shape::Open => Shape::Record(NOTHING.to_owned()),
            shape => shape,
        };
        (words(kind), shape)
    });
    let views = views.collect();
    let mut records: BTreeMap<String, Fields> = definitions
        .iter()
        .filter(|(name, _)| *name != "View")
        .map(|(name, definition)| (name.clone(), fields(definition)))
        .collect();
    records.insert(NOTHING.to_owned(), Fields::default());
    Api { records, views }
}

/// The view of pages that show nothing of their own.
pub const NOTHING: &str = "NothingView";

fn schema<T: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<T>().to_value()
}

fn fields(definition: &Value) -> Fields {
    let properties = definition["properties"].as_object().into_iter().flatten();
    let fields = properties.map(|(name, value)| (name.clone(), variable(value)));
    Fields { meaning: words(definition), fields: fields.collect() }
}

/// What a type's own docstring says, on one line.
fn words(value: &Value) -> String {
    let text = value["description"].as_str().unwrap_or_default();
    // a link between docstrings is a name elsewhere
    text.replace('\n', " ").replace("[`", "`").replace("`]", "`")
}

fn variable(value: &Value) -> Variable {
    let meaning = words(value);
    if let Some(either) = value["anyOf"].as_array() {
        let shape = either.iter().map(|one| variable(one).shape).find(|one| *one != Shape::Open);
        return Variable { shape: shape.unwrap_or(Shape::Open), nullable: true, meaning };
    }
    if let Some(name) = value["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
        return Variable { shape: Shape::Record(name.to_owned()), nullable: false, meaning };
    }
    let kinds: Vec<&str> = match &value["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let shape = match kinds.iter().find(|kind| **kind != "null") {
        Some(&"string") => Shape::Text,
        Some(&("integer" | "number")) => Shape::Number,
        Some(&"boolean") => Shape::Flag,
        Some(&"array") => Shape::List(Box::new(variable(&value["items"]).shape)),
        _ => Shape::Open,
    };
    Variable { shape, nullable: kinds.contains(&"null"), meaning }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_are_known_with_their_fields() {
        let api = api();
        let article = &api.records["ArticleView"].fields;
        assert_eq!(article["related"].shape, Shape::List(Box::new(Shape::Record("Card".into()))));
        assert!(article["next"].nullable);
        assert_eq!(article["next"].shape, Shape::Record("Card".into()));
        assert_eq!(article["minutes"].shape, Shape::Number);
        assert_eq!(api.views["not-found.html"], Shape::Record(NOTHING.into()));
        assert_eq!(api.records["Head"].fields["robots"].shape, Shape::Text);
    }

    #[test]
    fn shapes_are_read_as_they_are_written() {
        for written in ["text", "[Card]", "Card", "[[number]]"] {
            assert_eq!(api().shape(written).map(|one| one.written()).as_deref(), Some(written));
        }
        assert_eq!(api().shape("Crumb?"), Some(Shape::Record("Crumb".into())));
        assert_eq!(api().shape("Kard"), None);
    }
}
