//! Programs that nobody changed: they call `https://verify.twilio.com`, and their environment leads them to our
//! server, by a proxy and a certificate that names the cloud service.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::Output;
use std::sync::Arc;

use countersign_protocol::sid::AccountSid;
use countersign_server::serving::Certificate;
use countersign_server::{Bootstrap, Config, Running};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;
use tokio::task::JoinSet;

const CLOUD: &str = "verify.twilio.com";
const AUTH_TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// Our server in the place of the cloud service.
pub(crate) struct InPlaceOfTheCloud {
    /// Ends with this value.
    _server: Running,
    _ways: JoinSet<()>,
    proxy: String,
    account_sid: AccountSid,
    folder: TempDir,
}

impl InPlaceOfTheCloud {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().expect("there is room for temporary files");
        let account_sid = AccountSid::from_random([0xac; 16]);
        let database = format!("sqlite://{}", folder.path().join("server.db").display());
        let mut config = Config::new(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), database);
        config.public_url = Some(format!("https://{CLOUD}").parse().expect("a constant URL"));
        config.certificate = Some(Arc::new(make_certificate(&folder)));
        config.bootstrap = Some(Bootstrap {
            account_sid: account_sid.clone(),
            auth_token: AUTH_TOKEN.into(),
        });
        let server = countersign_server::start(config)
            .await
            .expect("the server starts");
        let addresses = server.url().socket_addrs(|| None);
        let address = addresses.expect("the server has an address of this computer")[0];
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("there is a free port");
        let proxy = listener.local_addr().expect("a listener has an address");
        let mut ways = JoinSet::new();
        ways.spawn(lead(listener, address));
        Self {
            _server: server,
            _ways: ways,
            proxy: format!("http://{proxy}"),
            account_sid,
            folder,
        }
    }

    /// Runs a program with what its authors would set, and the way to our server.
    pub(crate) async fn run(&self, program: &mut Command) -> Output {
        let certificate = chain(&self.folder);
        program
            .env("TWILIO_ACCOUNT_SID", self.account_sid.as_str())
            .env("TWILIO_AUTH_TOKEN", AUTH_TOKEN)
            // What the library of each language reads.
            .env("HTTP_PROXY", &self.proxy)
            .env("HTTPS_PROXY", &self.proxy)
            .env("NODE_EXTRA_CA_CERTS", &certificate)
            .env("REQUESTS_CA_BUNDLE", &certificate)
            .kill_on_drop(true);
        program
            .output()
            .await
            .expect("the language of the program is installed")
    }
}

fn chain(folder: &TempDir) -> PathBuf {
    folder.path().join("chain.pem")
}

fn make_certificate(folder: &TempDir) -> Certificate {
    let made = rcgen::generate_simple_self_signed([CLOUD.to_owned()]).expect("a certificate can be made");
    let key = folder.path().join("key.pem");
    std::fs::write(chain(folder), made.cert.pem()).expect("files can be written");
    std::fs::write(&key, made.signing_key.serialize_pem()).expect("files can be written");
    Certificate::load(chain(folder), key).expect("the certificate is one")
}

/// A proxy that is asked for the cloud service and leads to our server.
async fn lead(listener: TcpListener, server: SocketAddr) {
    let mut tunnels = JoinSet::new();
    while let Ok((mut client, _)) = listener.accept().await {
        tunnels.spawn(async move {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(client.read_u8().await.expect("the request is whole"));
            }
            let head = String::from_utf8_lossy(&head);
            assert!(head.starts_with(&format!("CONNECT {CLOUD}:443 ")), "{head}");
            let mut server = TcpStream::connect(server).await.expect("the server listens");
            let opened = client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
            opened.expect("the program waits");
            // However it ends: the program says whether all was well.
            let _ = copy_bidirectional(&mut client, &mut server).await;
        });
    }
}
