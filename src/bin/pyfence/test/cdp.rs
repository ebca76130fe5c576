//! The few words of Chromium's DevTools protocol that a test needs: commands, one at a time.

use std::io::ErrorKind;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

/// Why a command has no answer.
pub(super) enum NoAnswer {
    /// It took too long.
    TooLate,
    /// The page or the browser is gone.
    Gone(String),
    /// What the page or the browser says against it.
    Refused(String),
}

/// A connection to the browser, or to one of its pages.
pub(super) struct Connection {
    socket: WebSocket<TcpStream>,
    id: u64,
}

impl Connection {
    /// Connects to an address such as `ws://127.0.0.1:9222/devtools/page/ID`.
    pub(super) fn open(address: &str) -> Result<Self, NoAnswer> {
        let gone = |error: &dyn std::fmt::Display| NoAnswer::Gone(error.to_string());
        let host = address.trim_start_matches("ws://");
        let host = host.split('/').next().unwrap_or_default();
        let stream = TcpStream::connect(host).map_err(|error| gone(&error))?;
        let (socket, _) = tungstenite::client(address, stream).map_err(|error| gone(&error))?;
        Ok(Self { socket, id: 0 })
    }

    /// Gives a command and waits for its result.
    pub(super) fn call(
        &mut self,
        method: &str,
        parameters: Value,
        patience: Duration,
    ) -> Result<Value, NoAnswer> {
        self.id += 1;
        let command = json!({ "id": self.id, "method": method, "params": parameters });
        let sent = self.socket.send(Message::text(command.to_string()));
        sent.map_err(|error| NoAnswer::Gone(error.to_string()))?;
        let deadline = Instant::now() + patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(NoAnswer::TooLate);
            }
            let wait = self.socket.get_ref().set_read_timeout(Some(left));
            wait.map_err(|error| NoAnswer::Gone(error.to_string()))?;
            let message = match self.socket.read() {
                Ok(Message::Text(text)) => text,
                Ok(Message::Close(_)) => return Err(NoAnswer::Gone("it was closed".to_owned())),
                Ok(_) => continue,
                Err(tungstenite::Error::Io(error))
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) =>
                {
                    return Err(NoAnswer::TooLate);
                }
                Err(error) => return Err(NoAnswer::Gone(error.to_string())),
            };
            let mut answer: Value = serde_json::from_str(&message).unwrap_or_default();
            match answer["method"].as_str() {
                Some("Inspector.targetCrashed") => {
                    return Err(NoAnswer::Gone("the page crashed".to_owned()));
                }
                Some(_) => continue,
                None if answer["id"] != self.id => continue,
                None => {}
            }
            return match answer["error"]["message"].as_str() {
                Some(error) => Err(NoAnswer::Refused(error.to_owned())),
                None => Ok(answer["result"].take()),
            };
        }
    }

    /// The value of a JavaScript expression, when its promise has come true.
    pub(super) fn evaluate(
        &mut self,
        expression: &str,
        patience: Duration,
    ) -> Result<Value, NoAnswer> {
        let parameters = json!({
            "expression": expression,
            "awaitPromise": true,
            "returnByValue": true,
        });
        let mut result = self.call("Runtime.evaluate", parameters, patience)?;
        let exception = &result["exceptionDetails"];
        if exception.is_null() {
            return Ok(result["result"]["value"].take());
        }
        let text = exception["exception"]["description"].as_str();
        Err(NoAnswer::Refused(
            text.or(exception["text"].as_str())
                .unwrap_or("an error")
                .to_owned(),
        ))
    }
}
