//! TLS to Redis: the certificates that are trusted, and what is wrong with one that is not.

use std::io;
use std::path::Path;
use std::sync::Arc;

use redis::{Client, ClientTlsConfig, ConnectionInfo, RedisError, TlsCertificates};
use rustls::{AlertDescription, CertificateError};

use super::server_info::RedisOpenError;
use crate::config::TlsFiles;

/// Makes a client for an address with TLS.
pub(super) fn client(info: ConnectionInfo, files: &TlsFiles) -> Result<Client, RedisOpenError> {
    Client::build_with_tls(info, certificates(files)?)
        .map_err(|error| RedisOpenError::TlsFiles(error.to_string()))
}

/// Reads the files.
pub(super) fn certificates(files: &TlsFiles) -> Result<TlsCertificates, RedisOpenError> {
    let root_cert = files.authorities.as_deref().map(read).transpose()?;
    let client_tls = match &files.client {
        Some((certificate, key)) => Some(ClientTlsConfig {
            client_cert: read(certificate)?,
            client_key: read(key)?,
        }),
        None => None,
    };
    Ok(TlsCertificates {
        client_tls,
        root_cert,
    })
}

fn read(path: &Path) -> Result<Vec<u8>, RedisOpenError> {
    let pem = std::fs::read(path).map_err(|source| RedisOpenError::File {
        path: path.to_owned(),
        source: Arc::new(source),
    })?;
    // The library takes a file without certificates for a list of none.
    let begin: &[u8] = b"-----BEGIN ";
    if pem.windows(begin.len()).any(|part| part == begin) {
        Ok(pem)
    } else {
        Err(RedisOpenError::TlsFiles(format!(
            "{} is not a PEM file",
            path.display()
        )))
    }
}

/// Why TLS failed for good, in words for hosts; `None` if that is not what failed.
pub(super) fn failure(error: &RedisError) -> Option<String> {
    let reason = match tls_error(error)? {
        rustls::Error::InvalidCertificate(reason) => match reason {
            CertificateError::UnknownIssuer => {
                "its certificate is signed by an unknown authority (--redis-ca-file names a known one)"
                    .to_owned()
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                format!("its certificate is for another name ({reason})")
            }
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                "its certificate has expired".to_owned()
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "its certificate is not valid yet".to_owned()
            }
            other => format!("its certificate is not accepted ({other})"),
        },
        rustls::Error::AlertReceived(
            AlertDescription::CertificateRequired
            | AlertDescription::HandshakeFailure
            | AlertDescription::BadCertificate
            | AlertDescription::UnknownCA,
        ) => "it wants another client certificate (--redis-cert-file, --redis-key-file)".to_owned(),
        rustls::Error::InvalidMessage(_) => {
            "it does not speak TLS there (the address begins with rediss://)".to_owned()
        }
        other => other.to_string(),
    };
    Some(reason)
}

/// The error of the TLS library inside an error.
fn tls_error(error: &RedisError) -> Option<&rustls::Error> {
    type Inner = Arc<dyn std::error::Error + Send + Sync>;
    let inner = std::error::Error::source(error)?.downcast_ref::<Inner>()?;
    let inner = inner.downcast_ref::<io::Error>()?.get_ref()?;
    inner.downcast_ref()
}
