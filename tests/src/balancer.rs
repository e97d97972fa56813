//! A balancer of connections before several servers, as plain as they come.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use url::Url;

/// Gives each connection to the next server that takes it. It ends with this value.
pub struct Balancer {
    listener: Option<TcpListener>,
    url: Url,
    task: Option<JoinHandle<()>>,
}

impl Balancer {
    /// A balancer on a free port, without servers yet: they want to know its address.
    ///
    /// # Errors
    /// If this computer has no free port.
    ///
    /// # Panics
    /// Never: an address makes a URL.
    pub async fn listen() -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        Ok(Self {
            listener: Some(listener),
            url: url.parse().expect("an address makes a URL"),
            task: None,
        })
    }

    /// Begins to balance between these servers.
    pub fn balance(&mut self, servers: Vec<SocketAddr>) {
        if let Some(listener) = self.listener.take() {
            self.task = Some(tokio::spawn(accept(listener, servers.into())));
        }
    }

    /// Where clients find it.
    pub fn url(&self) -> &Url {
        &self.url
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

async fn accept(listener: TcpListener, servers: Arc<[SocketAddr]>) {
    let next = Arc::new(AtomicUsize::new(0));
    while let Ok((mut client, _)) = listener.accept().await {
        let (servers, next) = (Arc::clone(&servers), Arc::clone(&next));
        tokio::spawn(async move {
            for _ in 0..servers.len() {
                let server = servers[next.fetch_add(1, Ordering::Relaxed) % servers.len()];
                if let Ok(mut server) = TcpStream::connect(server).await {
                    // However it ends, both sides see it.
                    let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
                    return;
                }
            }
        });
    }
}
