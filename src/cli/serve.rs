//! `pyfence serve`: the site in the browser while it is written.

mod live;
mod rebuild;
mod server;
pub(crate) mod watch;

use std::ffi::OsString;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use pyfence::site::Mode;
use pyfence::{Error, ErrorKind};

use self::live::Live;
use self::rebuild::Rebuild;
use super::Failure;
use super::site::{OutputArguments, SiteArguments};
use super::zola::Staged;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) site: SiteArguments,

    #[command(flatten)]
    output: OutputArguments,

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
    #[arg(long, requires = "base_url")]
    no_port_append: bool,

    /// Open the site in the browser
    #[arg(short = 'O', long)]
    open: bool,
}

pub(crate) fn run(arguments: Arguments) -> Result<(), Failure> {
    let folder = arguments.output.folder()?;
    if let Some(zola) = arguments.site.engine.zola()? {
        let mut options = arguments.site.stage_options();
        options.base_url = Some(arguments.base_url.as_deref().map_or("", path_of).to_owned());
        options.output_dir = folder.clone();
        let staged = Staged::new(zola, &arguments.site, &options)?;
        return staged.serve(zola_flags(&arguments, folder));
    }
    let listener = listen(&arguments)?;
    let address = listener.local_addr().map_err(|error| unserved(&error))?;
    let base_url = base_url(&arguments, address);
    let shown = format!("{}/", base_url.trim_end_matches('/'));
    anstream::println!("{shown}");
    if arguments.open
        && let Err(error) = open::that_detached(&shown)
    {
        anstream::eprintln!("The browser can't be opened: {error}");
    }

    let live = Arc::new(Live::new(&base_url));
    let mut options = arguments.site.options(Mode::Serve);
    options.base_url = Some(base_url);
    options.output_dir = folder;
    let rebuild = Rebuild::new(arguments.site.root, options, Arc::clone(&live));
    std::thread::spawn(move || rebuild.run());
    server::run(listener, live).map_err(|error| unserved(&error))
}

/// The flags of `zola serve` that are ours as well.
fn zola_flags(arguments: &Arguments, output: Option<PathBuf>) -> Vec<OsString> {
    let mut flags = vec![
        format!("--interface={}", arguments.interface),
        format!("--port={}", arguments.port),
    ];
    flags.extend(
        arguments
            .base_url
            .iter()
            .map(|url| format!("--base-url={url}")),
    );
    flags.extend(
        arguments
            .no_port_append
            .then(|| "--no-port-append".to_owned()),
    );
    flags.extend(arguments.open.then(|| "--open".to_owned()));
    flags.extend(arguments.output.force.then(|| "--force".to_owned()));
    let output = output.map(|folder| ["--output-dir".into(), folder.into_os_string()]);
    let flags = flags.into_iter().map(OsString::from);
    flags.chain(output.into_iter().flatten()).collect()
}

/// The path of an address: what links inside of one site start with.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or("", |at| &rest[at..])
}

fn listen(arguments: &Arguments) -> Result<TcpListener, Failure> {
    let address = SocketAddr::new(arguments.interface, arguments.port);
    TcpListener::bind(address).map_err(|error| {
        let message = format!("can't listen on {address}: {error}");
        Failure::Usage(
            Error::new(ErrorKind::Io, message)
                .help("perhaps another server listens there; choose another port with `--port`"),
        )
    })
}

fn unserved(error: &std::io::Error) -> Failure {
    Failure::Usage(Error::new(ErrorKind::Io, format!("can't serve: {error}")))
}

/// The address that is listened on or, as in Zola, the chosen one with the port.
fn base_url(arguments: &Arguments, address: SocketAddr) -> String {
    let Some(chosen) = &arguments.base_url else {
        return format!("http://{address}");
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
