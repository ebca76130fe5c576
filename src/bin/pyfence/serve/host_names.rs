//! The names that the server answers to.

use std::net::IpAddr;

use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::http::{Request, Uri};

/// Addresses, `localhost`, and the name in the site's own address; for other machines also the names
/// that only a network of one's own has.
///
/// A page of another site can have that site's name lead to this machine, and would read what is
/// served here as its own: no name that somebody can register is answered. An address can't be led
/// elsewhere.
pub(super) struct HostNames {
    own: Option<String>,
    is_for_others: bool,
}

/// Ends of names that nobody can register: of mDNS, of routers, of containers.
const PRIVATE_ENDS: [&str; 4] = [".local", ".internal", ".home.arpa", ".lan"];

impl HostNames {
    /// For a site at this address, served to this machine alone or to those of its network as well.
    pub(super) fn of(base_url: &str, is_for_others: bool) -> Self {
        let uri: Option<Uri> = base_url.parse().ok();
        let host = uri.as_ref().and_then(Uri::host);
        Self {
            own: host.map(str::to_ascii_lowercase),
            is_for_others,
        }
    }

    /// Whether a name leads here by the word of this machine or its network alone.
    fn is_private(&self, host: &str) -> bool {
        let is_of_network = !host.is_empty() && !host.contains(['.', ' '])
            || PRIVATE_ENDS.iter().any(|end| host.ends_with(end));
        host == "localhost" || host.ends_with(".localhost") || self.is_for_others && is_of_network
    }

    /// Why a request isn't answered.
    pub(super) fn refusal_of<T>(&self, request: &Request<T>) -> Option<String> {
        let asked = match request.uri().authority() {
            Some(authority) => authority.as_str(),
            // What asks for no name is no browser.
            None => request.headers().get(HOST)?.to_str().unwrap_or_default(),
        };
        let authority: Option<Authority> = asked.parse().ok();
        let host = authority.map(|authority| authority.host().to_ascii_lowercase());
        let is_ours = host.as_deref().is_some_and(|host| {
            let address = host.trim_start_matches('[').trim_end_matches(']');
            address.parse::<IpAddr>().is_ok()
                || self.is_private(host)
                || self.own.as_deref() == Some(host)
        });
        let host = host.as_deref().unwrap_or(asked);
        (!is_ours).then(|| {
            format!(
                "pyfence serve answers to localhost and to this machine's addresses, not to `{host}`.\n\
                 If that is a name of yours: pyfence serve --base-url http://{host}\n"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::HostNames;

    #[test]
    fn only_names_that_nobody_else_can_have_are_answered() {
        let names = HostNames::of("http://site.test:1111/docs", false);
        let for_others = HostNames::of("http://0.0.0.0:1111", true);
        let refused_by = |names: &HostNames, host: &str| {
            let request = Request::builder().header("host", host).body(());
            names
                .refusal_of(&request.expect("it is a request"))
                .is_some()
        };
        let refused = |host: &str| refused_by(&names, host);
        for host in [
            "127.0.0.1:1111",
            "[::1]:1111",
            "10.0.0.5",
            "LOCALHOST:1",
            "a.localhost",
            "Site.test",
        ] {
            assert!(!refused(host), "{host}");
        }
        for host in [
            "evil.test:1111",
            "localhost.evil.test",
            "127.0.0.1.evil.test",
            "",
            "a b",
        ] {
            assert!(refused(host), "{host}");
            assert!(refused_by(&for_others, host), "{host}");
        }
        for host in [
            "web:1111",
            "ada.local",
            "host.docker.internal",
            "pi.home.arpa",
        ] {
            assert!(refused(host), "{host}");
            assert!(!refused_by(&for_others, host), "{host}");
        }
    }
}
