//! Something that each master has, such as a connection.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::node::Node;
use super::topology::Topology;
use super::topology_watch::TopologyWatch;

/// One of each for every master; made when it is first needed, and dropped when its server is no
/// master any more.
pub(crate) struct PerMaster<T> {
    topology: TopologyWatch,
    make: Box<dyn Fn(&Node) -> T + Send + Sync>,
    made: Mutex<Made<T>>,
}

struct Made<T> {
    /// The topology by which the others were dropped.
    by: Option<Arc<Topology>>,
    items: HashMap<Node, Arc<T>>,
}

impl<T> fmt::Debug for PerMaster<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PerMaster({:?})", self.topology.now())
    }
}

impl<T> PerMaster<T> {
    /// None so far; `make` makes one.
    pub(crate) fn new(
        topology: TopologyWatch,
        make: impl Fn(&Node) -> T + Send + Sync + 'static,
    ) -> Self {
        Self {
            topology,
            make: Box::new(make),
            made: Mutex::new(Made {
                by: None,
                items: HashMap::new(),
            }),
        }
    }

    /// The one of a server, which may be about to become a master.
    pub(crate) fn of(&self, node: &Node) -> Arc<T> {
        // No code panics while it holds the lock, so the map is always sound.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(topology) = self.topology.now() {
            made.keep_masters(topology);
        }
        let make = || Arc::new((self.make)(node));
        Arc::clone(made.items.entry(node.clone()).or_insert_with(make))
    }

    /// Those of all masters; none before the masters are known.
    pub(crate) fn all(&self) -> Vec<(Node, Arc<T>)> {
        let Ok(topology) = self.topology.now() else {
            return Vec::new();
        };
        let all = topology.masters().map(|node| (node.clone(), self.of(node)));
        all.collect()
    }
}

impl<T> Made<T> {
    fn keep_masters(&mut self, topology: Arc<Topology>) {
        let is_news = self
            .by
            .as_ref()
            .is_none_or(|by| !Arc::ptr_eq(by, &topology));
        if is_news {
            self.items
                .retain(|node, _| topology.masters().any(|master| master == node));
            self.by = Some(topology);
        }
    }
}
