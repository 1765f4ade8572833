//! Makes metrics and gives them their names.
//!
//! The library appends `_total` to the name of a counter, and the unit to that of a metric that has
//! one.

use prometheus_client::metrics::counter::{Atomic, Counter};
use prometheus_client::metrics::family::{Family, MetricConstructor};
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Metric, Registry, Unit};

use super::label::{CountBy, Label, LabelSet};

/// Makes metrics in a registry.
pub(super) struct Registrar<'a>(pub(super) &'a mut Registry);

/// Makes histograms that have the same buckets.
#[derive(Debug, Clone)]
pub(super) struct Buckets(pub(super) &'static [f64]);

impl MetricConstructor<Histogram> for Buckets {
    fn new_metric(&self) -> Histogram {
        Histogram::new(self.0.iter().copied())
    }
}

impl Registrar<'_> {
    pub(super) fn counter(&mut self, name: &str, help: &str) -> Counter {
        self.metric(name, help, None)
    }

    pub(super) fn byte_counter(&mut self, name: &str, help: &str) -> Counter {
        self.metric(name, help, Some(Unit::Bytes))
    }

    pub(super) fn second_counter<A>(&mut self, name: &str, help: &str) -> Counter<f64, A>
    where
        A: Atomic<f64> + Default + Send + Sync + std::fmt::Debug + 'static,
    {
        self.metric(name, help, Some(Unit::Seconds))
    }

    pub(super) fn gauge(&mut self, name: &str, help: &str) -> Gauge {
        self.metric(name, help, None)
    }

    pub(super) fn byte_gauge(&mut self, name: &str, help: &str) -> Gauge {
        self.metric(name, help, Some(Unit::Bytes))
    }

    pub(super) fn count_by<L: Label>(&mut self, name: &str, help: &str) -> CountBy<L> {
        let family = self.metric::<Family<LabelSet, Counter>>(name, help, None);
        CountBy::new(&family)
    }

    pub(super) fn seconds(&mut self, name: &str, help: &str, buckets: &Buckets) -> Histogram {
        let histogram = buckets.new_metric();
        self.0
            .register_with_unit(name, help, Unit::Seconds, histogram.clone());
        histogram
    }

    pub(super) fn sizes(&mut self, name: &str, help: &str, buckets: &Buckets) -> Histogram {
        let histogram = buckets.new_metric();
        self.0.register(name, help, histogram.clone());
        histogram
    }

    /// One histogram for each value of a label.
    pub(super) fn seconds_by<L: Label>(
        &mut self,
        name: &str,
        help: &str,
        buckets: Buckets,
    ) -> Family<LabelSet, Histogram, Buckets> {
        let family = Family::new_with_constructor(buckets);
        self.0
            .register_with_unit(name, help, Unit::Seconds, family.clone());
        family
    }

    fn metric<M: Metric + Clone + Default>(
        &mut self,
        name: &str,
        help: &str,
        unit: Option<Unit>,
    ) -> M {
        let metric = M::default();
        match unit {
            Some(unit) => self.0.register_with_unit(name, help, unit, metric.clone()),
            None => self.0.register(name, help, metric.clone()),
        }
        metric
    }
}
