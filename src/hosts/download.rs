//! Files of the web, for the hosts that ask for some.

use std::io::{self, Read};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use ureq::tls::{RootCerts, TlsConfig};

use crate::error::{Error, ErrorKind, Result};

/// Far more than the largest file of Pyodide's distribution.
const MOST_BYTES: u64 = 500_000_000;

/// A server that sends nothing for so long won't go on. The whole may take longer: lines are slow, and files large.
const LONGEST_SILENCE: Duration = Duration::from_secs(60);

/// What is at an address, in a form that `accept` names; `None` where there is nothing.
pub(crate) fn download(address: &str, accept: &str) -> Result<Option<Vec<u8>>> {
    download_with(address, accept, LONGEST_SILENCE)
}

fn download_with(address: &str, accept: &str, silence: Duration) -> Result<Option<Vec<u8>>> {
    let failed = |cause: String| {
        Error::new(ErrorKind::Io, "can't be downloaded")
            .in_file(address)
            .caused_by(cause)
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
    let response = match agent.get(address).header("accept", accept).call() {
        Err(ureq::Error::StatusCode(404 | 410)) => return Ok(None),
        response => response.map_err(|error| failed(error.to_string()))?,
    };
    let body = response.into_body().into_with_config().limit(MOST_BYTES);
    let read = read_whole(body.reader(), silence);
    read.map(Some).map_err(|error| failed(error.to_string()))
}

/// All of a body that never pauses for longer than `silence`. ureq has limits for the whole of it alone, so another
/// thread reads; one that is given up ends with its connection, or with the process.
fn read_whole(mut body: impl Read + Send + 'static, silence: Duration) -> io::Result<Vec<u8>> {
    let (parts, read) = mpsc::sync_channel(1);
    thread::spawn(move || {
        let mut part = vec![0; 1 << 16];
        loop {
            let found = body.read(&mut part).map(|length| part[..length].to_vec());
            let is_last = !matches!(&found, Ok(part) if !part.is_empty());
            // Nobody takes it any more where an earlier part came too late.
            if parts.send(found).is_err() || is_last {
                return;
            }
        }
    });
    let mut whole = Vec::new();
    loop {
        match read.recv_timeout(silence) {
            Ok(Ok(part)) if part.is_empty() => return Ok(whole),
            Ok(part) => whole.extend(part?),
            Err(RecvTimeoutError::Timeout) => {
                let message = format!("nothing more came for {} s", silence.as_secs());
                return Err(io::Error::new(io::ErrorKind::TimedOut, message));
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::net::TcpListener;

    use super::*;

    /// A server that says that there are ten bytes, and sends these parts with pauses between them.
    fn server(parts: &'static [&'static str]) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
        let address = listener.local_addr().expect("it has one");
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("somebody asks");
            let _ = stream.read(&mut [0; 1 << 12]);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
            for part in parts {
                let _ = stream.write_all(part.as_bytes());
                thread::sleep(Duration::from_millis(300));
            }
            // Until the other side has given up.
            let _ = stream.read(&mut [0]);
        });
        format!("http://{address}/")
    }

    #[test]
    fn a_server_that_stops_in_a_file_is_not_waited_for_for_ever() {
        let silence = Duration::from_secs(1);
        let slow = server(&["01", "23", "45", "67", "89"]);
        let found = download_with(&slow, "*/*", silence).expect("it never pauses for long");
        assert_eq!(found.as_deref(), Some(&b"0123456789"[..]));
        let stalled = server(&["0123"]);
        let error = download_with(&stalled, "*/*", silence).expect_err("the rest never comes");
        assert_eq!(
            error.to_string(),
            format!("error: {stalled}: can't be downloaded: nothing more came for 1 s")
        );
    }
}
