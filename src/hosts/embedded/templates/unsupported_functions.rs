//! Functions of Zola's that the engine lacks: a template that calls one hears why.

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

const REFUSED: [(&str, &str); 5] = [
    ("resize_image", "doesn't process images"),
    ("get_image_metadata", "doesn't read images"),
    ("get_taxonomy", "has no taxonomies"),
    ("get_taxonomy_term", "has no taxonomies"),
    ("get_taxonomy_url", "has no taxonomies"),
];

pub(super) fn register(tera: &mut Tera) {
    for (name, why) in REFUSED {
        let message = format!("the embedded engine {why}, so there is no `{name}`");
        tera.register_function(name, move |_: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            Err(Error::message(&message))
        });
    }
}
