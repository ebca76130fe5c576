//! The names that the server answers to.

use std::net::IpAddr;

use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::http::{Request, StatusCode, Uri, Version};

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

    /// Why a request isn't answered, and with which status.
    pub(super) fn refusal_of<T>(&self, request: &Request<T>) -> Option<(StatusCode, String)> {
        let host = match asked_host(request) {
            Ok(host) => host?,
            Err(message) => return Some((StatusCode::BAD_REQUEST, message)),
        };
        let address = host.trim_start_matches('[').trim_end_matches(']');
        let is_ours = address.parse::<IpAddr>().is_ok()
            || self.is_private(&host)
            || self.own.as_ref() == Some(&host);
        (!is_ours).then(|| {
            let message = format!(
                "pyfence serve answers to localhost and to this machine's addresses, not to `{host}`.\n\
                 If that is a name of yours: pyfence serve --base-url http://{host}\n"
            );
            (StatusCode::FORBIDDEN, message)
        })
    }
}

/// The host that a request asks for. HTTP 1.0 knew none, and no browser asks so; later versions name exactly one
/// (<https://www.rfc-editor.org/rfc/rfc9112#section-3.2>): of two, a proxy before us may have looked at the other.
fn asked_host<T>(request: &Request<T>) -> Result<Option<String>, String> {
    let mut named = request.headers().get_all(HOST).iter();
    let header = named.next();
    if named.next().is_some() {
        return Err("this request has two headers `Host`\n".to_owned());
    }
    let asked = match (request.uri().authority(), header) {
        (Some(authority), _) => authority.as_str(),
        (None, Some(header)) => header.to_str().unwrap_or_default(),
        (None, None) if request.version() < Version::HTTP_11 => return Ok(None),
        (None, None) => return Err("this request has no header `Host`\n".to_owned()),
    };
    match asked.parse::<Authority>() {
        Ok(authority) if !asked.contains('@') => Ok(Some(authority.host().to_ascii_lowercase())),
        _ => Err(format!("`{}` is no host\n", asked.escape_default())),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{Request, StatusCode, Version};

    use super::HostNames;

    fn refused(names: &HostNames, hosts: &[&str]) -> Option<StatusCode> {
        let request = Request::builder();
        let request = hosts
            .iter()
            .fold(request, |request, host| request.header("host", *host));
        let request = request.body(()).expect("it is a request");
        names.refusal_of(&request).map(|(status, _)| status)
    }

    #[test]
    fn only_names_that_nobody_else_can_have_are_answered() {
        let names = HostNames::of("http://site.test:1111/docs", false);
        let for_others = HostNames::of("http://0.0.0.0:1111", true);
        for host in [
            "127.0.0.1:1111",
            "[::1]:1111",
            "10.0.0.5",
            "LOCALHOST:1",
            "a.localhost",
            "Site.test",
        ] {
            assert_eq!(refused(&names, &[host]), None, "{host}");
        }
        for host in [
            "evil.test:1111",
            "localhost.evil.test",
            "127.0.0.1.evil.test",
        ] {
            for names in [&names, &for_others] {
                assert_eq!(
                    refused(names, &[host]),
                    Some(StatusCode::FORBIDDEN),
                    "{host}"
                );
            }
        }
        for host in [
            "web:1111",
            "ada.local",
            "host.docker.internal",
            "pi.home.arpa",
        ] {
            assert_eq!(
                refused(&names, &[host]),
                Some(StatusCode::FORBIDDEN),
                "{host}"
            );
            assert_eq!(refused(&for_others, &[host]), None, "{host}");
        }
    }

    #[test]
    fn a_request_names_one_host() {
        let names = HostNames::of("http://127.0.0.1:1111", true);
        let wrong: [&[&str]; 6] = [
            &[],
            &[""],
            &["a b"],
            &["evil.test@localhost"],
            &["localhost", "localhost"],
            &["localhost", "evil.test"],
        ];
        for hosts in wrong {
            assert_eq!(
                refused(&names, hosts),
                Some(StatusCode::BAD_REQUEST),
                "{hosts:?}"
            );
        }
        let mut of_1_0 = Request::new(());
        *of_1_0.version_mut() = Version::HTTP_10;
        assert_eq!(names.refusal_of(&of_1_0), None);
    }
}
