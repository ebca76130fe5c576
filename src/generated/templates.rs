//! The parts of both templates that list the options. The shortcode renders under Tera 1 and
//! Tera 2, the component under Tera 2, where nothing is escaped by itself. And the shortcode's words, which the runtime has.

use std::fs;
use std::path::Path;

use super::definition::{Kind, OptionDefinition};
use super::{languages, replace_between};
use crate::block::options::DEFINITIONS;

/// What the lines around a generated part contain.
const CHECKS: (&str, &str) = ("Generated: values", "End: values");
const WORDS: (&str, &str) = ("Generated: words", "End: words");
const ATTRIBUTES: (&str, &str) = ("Generated: attributes", "End: attributes");

pub(super) fn shortcode(text: &str) -> String {
    let attributes = attributes(&TemplateForm::SHORTCODE);
    let text = replace_between(text, CHECKS.0, CHECKS.1, &checks(&TemplateForm::SHORTCODE));
    let text = replace_between(&text, WORDS.0, WORDS.1, &words());
    replace_between(&text, ATTRIBUTES.0, ATTRIBUTES.1, &attributes)
}

pub(super) fn component(text: &str) -> String {
    let text = replace_line(text, "{%- component pyodide(", &signature());
    let text = replace_between(&text, CHECKS.0, CHECKS.1, &checks(&TemplateForm::COMPONENT));
    let attributes = attributes(&TemplateForm::COMPONENT);
    replace_between(&text, ATTRIBUTES.0, ATTRIBUTES.1, &attributes)
}

/// How the two templates differ.
struct TemplateForm {
    /// Filters behind a value that becomes part of HTML.
    escape: &'static str,
    /// The test for a stated option, behind its name.
    is_stated: &'static str,
    /// What an address has to be, `file` being its variable, to be below the site's root.
    is_rooted: &'static str,
}

impl TemplateForm {
    const SHORTCODE: Self = Self {
        escape: "",
        is_stated: "is defined",
        // Tera 1 and Tera 2 call the test `starting_with` in different ways. In a page of
        // pyfence's own, where there is `code`, the address is complete already.
        is_rooted: "code is not defined and parts[0] == \"\"",
    };
    const COMPONENT: Self = Self {
        escape: " | escape_html | safe",
        is_stated: "is not none",
        is_rooted: "parts[0] == \"\"",
    };

    /// A number, or a text that ought to be one: what escapes by hand takes text alone.
    fn as_text(&self, name: &str) -> String {
        match self.escape {
            "" => self.shown(name),
            _ => self.shown(&format!("({name} ~ \"\")")),
        }
    }

    /// `{{ value }}` in an attribute.
    fn shown(&self, value: &str) -> String {
        format!("{{{{ {value}{} }}}}", self.escape)
    }
}

/// The line that names the component's parameters.
fn signature() -> String {
    let parameters: Vec<String> = DEFINITIONS
        .iter()
        .map(|option| match option.kind {
            Kind::Height | Kind::Number(_) | Kind::Switch => format!("{} = none", option.name),
            Kind::Text(_) => format!("{}: string = \"{}\"", option.name, option.default),
            _ => format!("{}: string = \"\"", option.name),
        })
        .collect();
    format!("{{%- component pyodide({}) -%}}\n", parameters.join(", "))
}

/// The lines that refuse what an option doesn't take, with the words of the library's messages,
/// and that work out the height.
fn checks(form: &TemplateForm) -> String {
    let mut lines = String::new();
    for option in DEFINITIONS {
        let name = option.name;
        match option.kind {
            Kind::Switch => {
                let message = format!("`{name}` takes yes or no, not `");
                lines.push_str(&format!(
                    "{{%- if {name} {stated} %}}\
                     {{% if {name} is string %}}{{% set {name} = {name} | lower %}}{{% endif %}}\
                     {{% if {name} not in yes and {name} not in no %}}\
                     {{{{ throw(message=\"{message}\" ~ {name} ~ \"`\") }}}}{{% endif %}}\
                     {{% endif %}}\n",
                    stated = form.is_stated,
                ));
            }
            Kind::Choice(words) => {
                let list: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                let message = format!("`{name}` is {}, not `", words.join(" or "));
                lines.push_str(&format!(
                    "{{%- if {name} and {name} not in [{}] %}}\
                     {{{{ throw(message=\"{message}\" ~ {name} ~ \"`\") }}}}{{% endif %}}\n",
                    list.join(", "),
                ));
            }
            Kind::Height => lines.push_str(&height(name, form)),
            Kind::Text(_) if !option.default.is_empty() => lines.push_str(&format!(
                "{{%- if not {name} %}}{{% set {name} = \"{}\" %}}{{% endif %}}\n",
                option.default,
            )),
            _ => {}
        }
    }
    lines
}

/// Works out `least` and `most`. An open end is 5 or 30 lines, and no end is below the other.
fn height(name: &str, form: &TemplateForm) -> String {
    let stated = form.is_stated;
    format!(
        r#"{{%- set is_range = false %}}{{% set least = 0 %}}{{% set most = 0 -%}}
{{%- if {name} {stated} %}}{{% set {name} = {name} ~ "" %}}{{% endif -%}}
{{%- if {name} {stated} and {name} != "auto" -%}}
{{%- set ends = {name} | split(pat="-") %}}{{% set is_range = ends | length == 2 -%}}
{{%- set least = ends[0] %}}{{% if is_range and least == "" %}}{{% set least = 5 %}}{{% endif %}}{{% set least = least | int(default=-1) -%}}
{{%- set most = ends | last %}}{{% if is_range and most == "" %}}{{% set most = 30 %}}{{% endif %}}{{% set most = most | int(default=-1) -%}}
{{%- if ends | length > 2 or "." in {name} or least < 0 or most < 0 or least > 65535 or most > 65535 %}}{{{{ throw(message="`" ~ {name} ~ "` is not a height") }}}}{{% endif -%}}
{{%- if is_range and least == 0 %}}{{% set least = 1 %}}{{% endif %}}{{% if most < least %}}{{% set most = least %}}{{% endif -%}}
{{%- endif %}}
"#
    )
}

/// What hints and solutions are called in each of the runtime's languages, in the template's own.
fn words() -> String {
    let mut lines = setting(english);
    for (place, translation) in languages::translations().iter().enumerate() {
        let keyword = if place == 0 { "if" } else { "elif" };
        let code = &translation.code;
        lines.push_str(&format!("{{%- {keyword} language == \"{code}\" -%}}\n"));
        lines.push_str(&setting(|word| translation.exercise[word].clone()));
    }
    lines + "{%- endif -%}\n"
}

/// What `runtime/exercise/strings.js` has for a word.
fn english(word: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/exercise/strings.js");
    let text = fs::read_to_string(path).expect("the words are there");
    let (_, behind) = text
        .split_once(&format!("  {word}: '"))
        .expect("it has the word");
    behind.split('\'').next().expect("it ends").to_owned()
}

/// The line of a template that sets the two words.
fn setting(word: impl Fn(&str) -> String) -> String {
    let (hint, solution) = (word("hint"), word("solution"));
    format!("{{%- set hint_word = \"{hint}\" %}}{{% set solution_word = \"{solution}\" -%}}\n")
}

fn attributes(form: &TemplateForm) -> String {
    let mut lines = String::new();
    for option in DEFINITIONS.iter().filter(|option| option.is_attribute()) {
        lines.push_str(&format!("{{%- {}\n", attribute(option, form)));
    }
    lines
}

/// One attribute, from behind `{%-` on.
fn attribute(option: &OptionDefinition, form: &TemplateForm) -> String {
    let name = option.name;
    let shown = form.shown(name);
    match option.kind {
        // A file's name stands above it.
        Kind::Text(_) if name == "title" => {
            let file = form.shown("file");
            format!(
                "if {name} %}} {name}=\"{shown}\"{{% elif file %}} {name}=\"{file}\"{{% endif %}}"
            )
        }
        Kind::Text(_) | Kind::Choice(_) => {
            format!("if {name} %}} {name}=\"{shown}\"{{% endif %}}")
        }
        Kind::Number(_) => {
            let text = form.as_text(name);
            format!("if {name} %}} {name}=\"{text}\"{{% endif %}}")
        }
        Kind::List(_) => {
            let joined = form.shown(&format!("{name} | join(sep=\",\")"));
            format!(
                "if {name} %}} {name}=\"{{% if {name} is string %}}{shown}{{% else %}}{joined}{{% endif %}}\"{{% endif %}}"
            )
        }
        Kind::Addresses => {
            let rooted = form.is_rooted;
            let address = form.shown("get_url(path=file)");
            let file = form.shown("file");
            format!(
                "if {name} %}} {name}=\"\n\
                 {{%- if {name} is string %}}{{% set {name} = {name} | split(pat=\",\") %}}{{% endif -%}}\n\
                 {{%- for file in {name} %}}{{% if not loop.first %}},{{% endif %}}{{% set parts = file | split(pat=\"/\") %}}\
                 {{% if {rooted} %}}{address}{{% else %}}{file}{{% endif %}}{{% endfor -%}}\n\
                 \"{{% endif %}}"
            )
        }
        Kind::Height => format!(
            "if {name} {stated} %}} {name}=\"{{% if most == 0 %}}auto{{% elif is_range %}}{{{{ least }}}}-{{{{ most }}}}{{% else %}}{{{{ least }}}}{{% endif %}}\"{{% endif %}}\
             {{% if most > 0 %}} data-least=\"{{{{ least }}}}\" data-most=\"{{{{ most }}}}\"{{% endif %}}",
            stated = form.is_stated,
        ),
        Kind::Switch if option.default == "yes" => {
            format!(
                "if {name} {} and {name} in no %}} {name}=\"no\"{{% endif %}}",
                form.is_stated
            )
        }
        Kind::Switch => {
            format!(
                "if {name} {} and {name} in yes %}} {name}{{% endif %}}",
                form.is_stated
            )
        }
        Kind::Version => {
            let number = form.shown(&format!("{name} | replace(from=\"v\", to=\"\")"));
            format!("if {name} %}} {name}=\"{number}\"{{% endif %}}")
        }
    }
}

/// Replaces the line that begins with `begin`.
fn replace_line(text: &str, begin: &str, line: &str) -> String {
    assert!(text.contains(begin), "the template has `{begin}`");
    text.split_inclusive('\n')
        .map(|old| if old.starts_with(begin) { line } else { old })
        .collect()
}
