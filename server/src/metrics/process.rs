//! The process: processor time, memory and files. The names are those that Prometheus prescribes.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use procfs::WithCurrentSystemInfo as _;
use procfs::process::{LimitValue, Process};
use procfs::{ProcResult, ticks_per_second};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Unit;

/// Reads the metrics of this process each time they are asked for.
#[derive(Debug)]
pub(super) struct ProcessCollector {
    /// When the process started, in seconds since the epoch of Unix. A restricted `/proc` has no
    /// time of the boot, from which it could be read.
    start_seconds: f64,
}

impl ProcessCollector {
    /// The process starts now.
    pub(super) fn new() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        Self {
            start_seconds: since.unwrap_or_default().as_secs_f64(),
        }
    }
}

/// The process at one moment.
struct Sample {
    cpu_seconds: f64,
    resident_bytes: u64,
    virtual_bytes: u64,
    open_files: u64,
    max_files: Option<u64>,
    threads: i64,
}

fn sample() -> ProcResult<Sample> {
    let process = Process::myself()?;
    let stat = process.stat()?;
    let ticks = ticks_per_second() as f64;
    Ok(Sample {
        cpu_seconds: (stat.utime + stat.stime) as f64 / ticks,
        resident_bytes: stat.rss_bytes().get(),
        virtual_bytes: stat.vsize,
        open_files: process.fd_count()? as u64,
        max_files: match process.limits()?.max_open_files.soft_limit {
            LimitValue::Value(most) => Some(most),
            LimitValue::Unlimited => None,
        },
        threads: stat.num_threads,
    })
}

impl Collector for ProcessCollector {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        // Without /proc there is nothing to tell.
        let Ok(now) = sample() else { return Ok(()) };
        let mut put = |name: &str, help: &str, unit: Option<&Unit>, metric: &dyn Encode| {
            metric.put(&mut encoder, name, help, unit)
        };
        let (bytes, seconds) = (Some(&Unit::Bytes), Some(&Unit::Seconds));
        let cpu = ConstCounter::new(now.cpu_seconds);
        put(
            "process_cpu",
            "Processor time that was used.",
            seconds,
            &cpu,
        )?;
        let start = ConstGauge::new(self.start_seconds);
        let help = "When the process started, since the epoch of Unix.";
        put("process_start_time", help, seconds, &start)?;
        let resident = ConstGauge::new(now.resident_bytes);
        put(
            "process_resident_memory",
            "Memory in use.",
            bytes,
            &resident,
        )?;
        let size = ConstGauge::new(now.virtual_bytes);
        put(
            "process_virtual_memory",
            "Size of the address space.",
            bytes,
            &size,
        )?;
        let files = ConstGauge::new(now.open_files);
        put("process_open_fds", "Files that are open.", None, &files)?;
        if let Some(most) = now.max_files {
            let most = ConstGauge::new(most);
            put("process_max_fds", "Files that may be open.", None, &most)?;
        }
        let threads = ConstGauge::new(now.threads);
        put("process_threads", "Threads.", None, &threads)
    }
}

/// A metric that is made when it is asked for.
trait Encode {
    fn put(
        &self,
        encoder: &mut DescriptorEncoder<'_>,
        name: &str,
        help: &str,
        unit: Option<&Unit>,
    ) -> Result<(), fmt::Error>;
}

impl<M: EncodeMetric> Encode for M {
    fn put(
        &self,
        encoder: &mut DescriptorEncoder<'_>,
        name: &str,
        help: &str,
        unit: Option<&Unit>,
    ) -> Result<(), fmt::Error> {
        self.encode(encoder.encode_descriptor(name, help, unit, self.metric_type())?)
    }
}
