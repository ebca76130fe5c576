//! Functions of Zola's that the engine lacks: a template that calls one hears why.

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

const REFUSED: [(&str, &str); 5] = [
    ("resize_image", "images are not processed"),
    ("get_image_metadata", "images are not read"),
    ("get_taxonomy", "there are no taxonomies"),
    ("get_taxonomy_term", "there are no taxonomies"),
    ("get_taxonomy_url", "there are no taxonomies"),
];

pub(super) fn register(tera: &mut Tera) {
    for (name, why) in REFUSED {
        let message = format!("the embedded engine has no `{name}`: {why} by it");
        tera.register_function(name, move |_: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            Err(Error::message(&message))
        });
    }
}
