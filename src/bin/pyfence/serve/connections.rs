//! Connections to the server: none is kept that says nothing or takes nothing.

use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio_io_timeout::TimeoutStream;

/// Answers all who call, for ever. A request has to arrive within `patience`, and who takes no more
/// of an answer for so long is hung up on.
pub(super) async fn accept(listener: TcpListener, router: Router, patience: Duration) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many are open: one has to end first.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(patience));
        let service = TowerToHyperService::new(router.clone());
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience)
            .serve_connection(TokioIo::new(Box::pin(stream)), service);
        // Whoever hung up needs no answer.
        tokio::spawn(async move { connection.await.ok() });
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::Router;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::accept;

    const LARGE: usize = 50_000_000;

    /// What a server that waits for 50 ms answers; it is read after `pause`.
    async fn answer(request: &str, pause: Duration) -> Vec<u8> {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = Router::new().route("/", get(|| async { vec![b'x'; LARGE] }));
        tokio::spawn(accept(listener, router, Duration::from_millis(50)));
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        stream
            .write_all(request.as_bytes())
            .await
            .expect("it reads");
        tokio::time::sleep(pause).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        answer
    }

    #[tokio::test]
    async fn who_asks_half_or_reads_nothing_is_hung_up_on() {
        let whole = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        assert!(answer(whole, Duration::ZERO).await.len() > LARGE);
        assert!(answer(whole, Duration::from_millis(500)).await.len() < LARGE);
        let half = answer("GET / HTTP/1.1\r\n", Duration::ZERO).await;
        assert!(!half.starts_with(b"HTTP/1.1 200"));
    }
}
