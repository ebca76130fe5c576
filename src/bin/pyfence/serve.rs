//! `pyfence serve`: the site in the browser while it is written.

mod connections;
mod host_names;
mod live;
pub(crate) mod rebuild;
pub(crate) mod server;
pub(crate) mod watch;

use std::ffi::OsString;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use pyfence::site::{Mode, Site};
use pyfence::{Error, ErrorKind};
use tokio::sync::Notify;

use self::host_names::HostNames;
use self::live::Live;
use self::rebuild::Rebuild;
use self::watch::{QUIET, Watch};
use super::Failure;
use super::interrupt::Interrupt;
use super::place::{Place, here};
use super::site::{SiteArguments, check_named_output};
use super::zola::{ServedTo, Staged};
use super::zola_only::warn_of_flags;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,

    /// Also write the site to this folder
    #[arg(short = 'o', long, value_name = "FOLDER")]
    output_dir: Option<PathBuf>,

    /// Write to the folder even if it exists
    #[arg(long)]
    force: bool,

    /// Also write the site to the folder that the configuration says
    #[arg(long)]
    store_html: bool,

    /// The address to listen on
    #[arg(short = 'i', long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    interface: IpAddr,

    /// The port to listen on; 0 takes any that is free
    #[arg(short = 'p', long, default_value_t = 1111)]
    port: u16,

    /// What links start with, instead of the address that is listened on; gets the port
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,

    /// Leave the port out of the --base-url
    #[arg(long)]
    no_port_append: bool,

    /// Open the site in the browser
    #[arg(short = 'O', long)]
    open: bool,

    /// Build only what a change concerns; with Zola
    #[arg(short = 'f', long)]
    fast: bool,

    /// Build again when this file or folder changes, too; from the site's folder
    #[arg(long, value_name = "PATH")]
    extra_watch_path: Vec<PathBuf>,

    /// Build when nothing has changed for so many milliseconds
    #[arg(short = 'd', long, value_name = "MILLISECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    debounce: Option<u64>,
}

pub(crate) fn run(mut arguments: Arguments, front: Place) -> Result<(), Failure> {
    arguments.site = arguments.site.or(front)?;
    let named = arguments.output_dir.as_deref();
    let folder = named.map(here);
    let output = match (&folder, arguments.store_html) {
        (Some(_), _) => ServedTo::Folder { force: true },
        (None, true) => ServedTo::Folder {
            force: arguments.force,
        },
        (None, false) => ServedTo::Nowhere,
    };
    let root = arguments.site.place.root();
    let extra = extra_paths(&root, &arguments.extra_watch_path);
    if let Some(zola) = arguments.site.place.engine().zola()? {
        let mut options = arguments.site.stage_options();
        options.base_url = Some(arguments.base_url.as_deref().map_or("", path_of).to_owned());
        options.output_dir = folder;
        let staged = Staged::new(zola, &arguments.site, zola_flags(&arguments), &options)?;
        check_named_output(named, arguments.force)?;
        return staged.serve(output, &extra);
    }
    let refused = check_named_output(named, arguments.force);
    if refused.is_err() || !arguments.site.place.has_site() {
        // A mistake in a site is mended while it is served. These can't be.
        let mut options = arguments.site.options(Mode::Serve);
        options.output_dir.clone_from(&folder);
        Site::load(root, &options)?;
    }
    refused?;
    serve_embedded(&arguments, folder, output, &extra)
}

/// Builds with the embedded engine, at each change again, and serves what was built.
fn serve_embedded(
    arguments: &Arguments,
    output_dir: Option<PathBuf>,
    output: ServedTo,
    extra: &[PathBuf],
) -> Result<(), Failure> {
    warn_of_flags(&[(
        arguments.fast,
        "--fast",
        "the embedded engine renders the Markdown of changed pages alone anyway",
    )]);
    let listener = listen(arguments)?;
    let address = listener.local_addr().map_err(unserved)?;
    let base_url = base_url(arguments, address);
    let shown = match base_url.is_empty() {
        true => format!("http://127.0.0.1:{}/", address.port()),
        false => format!("{}/", base_url.trim_end_matches('/')),
    };
    anstream::println!("{shown}");
    if arguments.open
        && let Err(error) = open::that_detached(&shown)
    {
        anstream::eprintln!("The browser can't be opened: {error}");
    }

    let live = Arc::new(Live::new(&base_url));
    let names = HostNames::of(&base_url, !arguments.interface.is_loopback());
    let mut options = arguments.site.options(Mode::Serve);
    options.base_url = Some(base_url);
    options.output_dir = output_dir;
    let asked_to_end = Arc::new(Notify::new());
    let ends = Arc::clone(&asked_to_end);
    let interrupt = Interrupt::handle(move |_| ends.notify_one())?;
    let quiet = arguments.debounce.map_or(QUIET, Duration::from_millis);
    let root = arguments.site.place.root();
    let watch = Watch::new(&root, extra);
    let rebuild = Rebuild {
        root,
        options,
        output,
        quiet,
        live: Arc::clone(&live),
        interrupt: interrupt.clone(),
    };
    std::thread::spawn(move || rebuild.run(watch));
    let served = server::run(listener, live, names, &asked_to_end);
    // What is being written is whole, or gone, before the process ends.
    let _whole = interrupt.writing();
    served.map_err(unserved)
}

/// What is to be watched beside the site, as the system names it.
fn extra_paths(root: &Path, stated: &[PathBuf]) -> Vec<PathBuf> {
    let paths = stated.iter().map(|path| root.join(path));
    paths.filter_map(|path| path.canonicalize().ok()).collect()
}

/// The flags of `zola serve` that are ours as well.
fn zola_flags(arguments: &Arguments) -> Vec<OsString> {
    // For Zola, too, links start with a `/` where all of the machine's addresses are listened on.
    let all = arguments.interface.is_unspecified().then_some("/");
    let base_url = arguments.base_url.as_deref().or(all);
    let stated = [
        Some(format!("--interface={}", arguments.interface)),
        Some(format!("--port={}", arguments.port)),
        base_url.map(|url| format!("--base-url={url}")),
        arguments
            .debounce
            .map(|quiet| format!("--debounce={quiet}")),
    ];
    let switches = [
        (arguments.no_port_append, "--no-port-append"),
        (arguments.open, "--open"),
        (arguments.fast, "--fast"),
        (arguments.store_html, "--store-html"),
    ];
    let switches = switches
        .into_iter()
        .filter(|(is_on, _)| *is_on)
        .map(|(_, flag)| flag.to_owned());
    let flags = stated.into_iter().flatten().chain(switches);
    flags.map(OsString::from).collect()
}

/// The path of an address: what links inside of one site start with.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or("", |at| &rest[at..])
}

fn listen(arguments: &Arguments) -> Result<TcpListener, Failure> {
    let address = SocketAddr::new(arguments.interface, arguments.port);
    TcpListener::bind(address).map_err(|error| {
        Error::new(ErrorKind::Io, format!("can't listen on {address}"))
            .caused_by(error)
            .help("perhaps another server listens there; choose another port with `--port`")
            .into()
    })
}

fn unserved(error: std::io::Error) -> Failure {
    Error::new(ErrorKind::Io, "can't serve")
        .caused_by(error)
        .into()
}

/// The address that is listened on or, as in Zola, the chosen one with the port. Nothing where all
/// of the machine's addresses are: links start with a `/` then, for whichever a reader uses.
fn base_url(arguments: &Arguments, address: SocketAddr) -> String {
    let Some(chosen) = &arguments.base_url else {
        return match address.ip().is_unspecified() {
            true => String::new(),
            false => format!("http://{address}"),
        };
    };
    if arguments.no_port_append || chosen == "/" {
        return chosen.clone();
    }
    let (scheme, rest) = chosen.split_once("://").unwrap_or(("http", chosen));
    let (host, path) = match rest.split_once('/') {
        Some((host, path)) => (host, format!("/{path}")),
        None => (rest, String::new()),
    };
    format!("{scheme}://{host}:{}{path}", address.port())
}
