//! What is being served, and the news about it.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};

use pyfence::site::Output;
use serde::Serialize;
use tokio::sync::watch;

/// The last good build, and where the work stands.
pub(super) struct Live {
    /// What the paths of the site start with: empty, or `/course`.
    pub(super) base_path: String,
    good: RwLock<Option<Arc<Output>>>,
    news: watch::Sender<News>,
}

/// What open pages are told.
#[derive(Debug, Clone, Serialize)]
pub(super) struct News {
    /// Grows with every build, also from one start of the server to the next.
    version: u64,
    /// The errors of the last build, drawn; `None` if it is good.
    error: Option<String>,
    /// Whether there was a first build.
    #[serde(skip)]
    started: bool,
}

impl Live {
    pub(super) fn new(base_url: &str) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let news = News {
            version: since.map_or(0, |since| since.as_secs()),
            error: None,
            started: false,
        };
        Self {
            base_path: base_path(base_url).to_owned(),
            good: RwLock::new(None),
            news: watch::Sender::new(news),
        }
    }

    pub(super) fn succeeded(&self, output: Output) {
        let mut good = self.good.write().unwrap_or_else(PoisonError::into_inner);
        // Dropped when the news are told.
        let _before = good.replace(Arc::new(output));
        drop(good);
        self.tell(None);
    }

    pub(super) fn failed(&self, error: String) {
        self.tell(Some(error));
    }

    fn tell(&self, error: Option<String>) {
        self.news.send_modify(|news| {
            news.version += 1;
            news.error = error;
            news.started = true;
        });
    }

    /// The last good build, or else why there is none; waits for the first one.
    pub(super) async fn site(&self) -> Result<Arc<Output>, String> {
        let mut news = self.news.subscribe();
        // It ends with the server, so there is always someone to wait for.
        let error = match news.wait_for(|news| news.started).await {
            Ok(news) => news.error.clone(),
            Err(_) => None,
        };
        let good = self
            .good
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        good.ok_or_else(|| error.unwrap_or_default())
    }

    pub(super) fn news(&self) -> watch::Receiver<News> {
        self.news.subscribe()
    }
}

/// The path in an address, without a slash at its end.
fn base_path(base_url: &str) -> &str {
    let rest = base_url
        .split_once("://")
        .map_or(base_url, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    path.trim_end_matches('/')
}
