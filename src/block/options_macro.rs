//! Reads the table in `options.rs`: one declaration of an option becomes a field of
//! `BlockOptions`, its part in merging and setting, its name in `OPTION_NAMES`, and, for the
//! generated documentation and templates, a row of `DEFINITIONS`.

macro_rules! options {
    (
        $(#[$of_struct:meta])*
        pub struct BlockOptions;

        $(
            $(#[doc = $doc:literal])+
            $name:ident: $type:ty {
                kind: $kind:expr,
                default: $default:literal,
                $(holds_for: $holds_for:ident,)?
                $(begins: $begins:ident,)?
                read: $read:expr,
            }
        )+
    ) => {
        $(#[$of_struct])*
        pub struct BlockOptions {
            $(
                $(#[doc = $doc])+
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $name: Option<$type>,
            )+
        }

        /// The names of all options, in the order in which documentation lists them.
        pub const OPTION_NAMES: &[&str] = &[$(stringify!($name)),+];

        /// The table of options, as the generated files need it.
        #[cfg(test)]
        pub(crate) const DEFINITIONS: &[OptionDefinition] = &[$(
            OptionDefinition {
                name: stringify!($name),
                doc: &[$($doc),+],
                kind: $kind,
                default: $default,
                holds_for: options!(@holds_for $($holds_for)?),
                begins: options!(@begins $($begins)?),
            }
        ),+];

        impl BlockOptions {
            /// These options, with what they leave open taken from `defaults`.
            #[must_use]
            pub fn or(self, defaults: &BlockOptions) -> Self {
                Self {
                    $($name: self.$name.or_else(|| defaults.$name.clone()),)+
                }
            }

            fn read(&mut self, name: &str, value: &RawValue) -> Result<(), OptionError> {
                match name {
                    $(stringify!($name) => self.$name = Some($read(name, value)?),)+
                    unknown => return Err(unknown_option(unknown)),
                }
                Ok(())
            }
        }
    };
    (@holds_for) => { HoldsFor::Block };
    (@holds_for $holds_for:ident) => { HoldsFor::$holds_for };
    (@begins) => { Begins::WhenAsked };
    (@begins $begins:ident) => { Begins::$begins };
}

pub(super) use options;
