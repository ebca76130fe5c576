//! Files of the web, for the hosts that ask for some.

use std::time::Duration;

use ureq::tls::{RootCerts, TlsConfig};

use crate::error::{Error, ErrorKind, Result};

/// Far more than the largest file of Pyodide's distribution.
const MOST_BYTES: u64 = 500_000_000;

/// What is at an address, in a form that `accept` names; `None` where there is nothing.
pub(crate) fn download(address: &str, accept: &str) -> Result<Option<Vec<u8>>> {
    let failed = |error: ureq::Error| {
        Error::new(ErrorKind::Io, "can't be downloaded")
            .in_file(address)
            .caused_by(error.to_string())
    };
    let certificates = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .build();
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_connect(Some(Duration::from_secs(20)))
        .timeout_recv_response(Some(Duration::from_secs(60)))
        .tls_config(certificates)
        .build()
        .into();
    let mut response = match agent.get(address).header("accept", accept).call() {
        Err(ureq::Error::StatusCode(404 | 410)) => return Ok(None),
        response => response.map_err(failed)?,
    };
    let body = response.body_mut().with_config().limit(MOST_BYTES);
    body.read_to_vec().map(Some).map_err(failed)
}
