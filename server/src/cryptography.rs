//! How TLS is computed, for Redis and for the endpoint of the assistant.

/// Chooses how TLS is computed. The library chooses nothing by itself, because several
/// implementations may be compiled in.
pub(crate) fn choose() {
    // Fails if it was chosen before, which is as good.
    drop(rustls::crypto::ring::default_provider().install_default());
}
