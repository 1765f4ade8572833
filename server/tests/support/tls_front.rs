//! A front that speaks TLS for a server that does not.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use testkit::authority::{Authority, Identity};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

/// The clients that a front lets in.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Clients {
    Any,
    /// Those with a certificate of the authority.
    WithCertificate,
}

/// Listens for TLS and passes everything on to a Redis. Dropping it ends it.
pub(crate) struct TlsFront {
    address: SocketAddr,
    roots: Arc<RootCertStore>,
    clients: Clients,
    acceptor: Arc<Mutex<TlsAcceptor>>,
    /// Cancelled to end all connections that there are.
    connections: Arc<Mutex<CancellationToken>>,
    _listening: JoinSet<()>,
}

impl TlsFront {
    /// Starts in front of a Redis.
    pub(crate) async fn start(
        redis: &str,
        identity: Identity,
        authority: &Authority,
        clients: Clients,
    ) -> Self {
        let target = redis
            .trim_start_matches("redis://")
            .trim_end_matches('/')
            .to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let roots = authority.roots();
        let acceptor = Arc::new(Mutex::new(acceptor(&identity, clients, &roots)));
        let connections = Arc::new(Mutex::new(CancellationToken::new()));
        let address = listener.local_addr().unwrap();
        let mut listening = JoinSet::new();
        let accepting = (Arc::clone(&acceptor), Arc::clone(&connections));
        listening.spawn(async move {
            let (acceptor, connections) = accepting;
            let mut tasks = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.lock().unwrap().clone();
                let end = connections.lock().unwrap().clone();
                let passed_on = pass_on(stream, acceptor, target.clone());
                tasks.spawn(async move { end.run_until_cancelled(passed_on).await });
            }
        });
        Self {
            address,
            roots,
            clients,
            acceptor,
            connections,
            _listening: listening,
        }
    }

    /// The address for clients.
    pub(crate) fn url(&self) -> String {
        format!("rediss://{}/", self.address)
    }

    /// Shows another certificate from now on, and ends all connections.
    pub(crate) fn show(&mut self, identity: &Identity) {
        *self.acceptor.lock().unwrap() = acceptor(identity, self.clients, &self.roots);
        std::mem::take(&mut *self.connections.lock().unwrap()).cancel();
    }
}

fn acceptor(identity: &Identity, clients: Clients, roots: &Arc<RootCertStore>) -> TlsAcceptor {
    let certificate =
        CertificateDer::from_pem_slice(identity.certificate_pem().as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(identity.key_pem().as_bytes()).unwrap();
    let builder = ServerConfig::builder();
    let builder = match clients {
        Clients::Any => builder.with_no_client_auth(),
        Clients::WithCertificate => {
            let verifier = WebPkiClientVerifier::builder(Arc::clone(roots));
            builder.with_client_cert_verifier(verifier.build().unwrap())
        }
    };
    let config = builder.with_single_cert(vec![certificate], key).unwrap();
    TlsAcceptor::from(Arc::new(config))
}

async fn pass_on(stream: TcpStream, acceptor: TlsAcceptor, target: String) {
    // A client that does not like the certificate hangs up.
    if let Ok(mut client) = acceptor.accept(stream).await
        && let Ok(mut server) = TcpStream::connect(target).await
    {
        drop(copy_bidirectional(&mut client, &mut server).await);
    }
}
