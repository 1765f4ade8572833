//! Reads metrics as strictly as OpenMetrics 1.0 describes them.

use std::collections::{BTreeMap, BTreeSet};

/// The metrics of one scrape.
#[derive(Debug, Default)]
pub(crate) struct Scrape {
    /// The values by name and labels, as they are written.
    samples: BTreeMap<String, f64>,
    /// The types of the families by name.
    types: BTreeMap<String, String>,
}

impl Scrape {
    /// Reads a text; panics at the first fault.
    pub(crate) fn read(text: &str) -> Self {
        let body = text
            .strip_suffix("# EOF\n")
            .expect("the text ends with EOF");
        let mut scrape = Self::default();
        let mut family = Family::default();
        for line in body.lines() {
            if let Some(comment) = line.strip_prefix("# ") {
                let (kind, rest) = comment.split_once(' ').expect(line);
                let (name, value) = rest.split_once(' ').expect(line);
                if name != family.name {
                    scrape.end(&family);
                    assert!(!scrape.types.contains_key(name), "{name} comes twice");
                    family = Family::of(name);
                }
                assert!(family.samples.is_empty(), "{line} comes after samples");
                family.describe(kind, value);
            } else {
                family.sample(line);
            }
        }
        scrape.end(&family);
        scrape
    }

    fn end(&mut self, family: &Family) {
        if family.name.is_empty() {
            return;
        }
        family.check();
        self.types.insert(family.name.clone(), family.kind.clone());
        for (name, labels, value) in &family.samples {
            let key = if labels.is_empty() {
                name.clone()
            } else {
                let labels = labels
                    .iter()
                    .map(|(key, value)| format!("{key}=\"{value}\""));
                format!("{name}{{{}}}", labels.collect::<Vec<_>>().join(","))
            };
            let twice = self.samples.insert(key, *value);
            assert!(twice.is_none(), "{name} comes twice");
        }
    }

    /// The value of a sample such as `a_total{b="c"}`.
    pub(crate) fn value(&self, sample: &str) -> f64 {
        let value = self.samples.get(sample);
        *value.unwrap_or_else(|| panic!("{sample} is missing: {:#?}", self.samples))
    }

    /// The names that a query uses: those of histograms without their endings.
    pub(crate) fn names(&self) -> BTreeSet<String> {
        let name = |(name, kind): (&String, &String)| match kind.as_str() {
            "counter" => format!("{name}_total"),
            "info" => format!("{name}_info"),
            _ => name.clone(),
        };
        self.types.iter().map(name).collect()
    }

    /// All samples with their names and labels.
    pub(crate) fn samples(&self) -> impl Iterator<Item = &str> {
        self.samples.keys().map(String::as_str)
    }
}

type Labels = BTreeMap<String, String>;

/// The lines of one metric.
#[derive(Debug, Default)]
struct Family {
    name: String,
    kind: String,
    help: String,
    unit: Option<String>,
    samples: Vec<(String, Labels, f64)>,
}

impl Family {
    fn of(name: &str) -> Self {
        let is_name = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_';
        assert!(name.chars().all(is_name) && !name.contains("__"), "{name}");
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    fn describe(&mut self, kind: &str, value: &str) {
        let value = value.to_owned();
        match kind {
            "TYPE" => assert!(std::mem::replace(&mut self.kind, value).is_empty()),
            "HELP" => assert!(std::mem::replace(&mut self.help, value).is_empty()),
            "UNIT" => assert!(self.unit.replace(value).is_none()),
            _ => panic!("{kind} is no kind of comment"),
        }
    }

    fn sample(&mut self, line: &str) {
        let (whole, value) = line.rsplit_once(' ').expect(line);
        let value: f64 = value.parse().expect(line);
        let (name, labels) = match whole.split_once('{') {
            Some((name, labels)) => (name, read_labels(labels.strip_suffix('}').expect(line))),
            None => (whole, Labels::new()),
        };
        let suffix = name.strip_prefix(&self.name).expect(line);
        let allowed: &[&str] = match self.kind.as_str() {
            "counter" => &["_total"],
            "gauge" => &[""],
            "histogram" => &["_bucket", "_sum", "_count"],
            "info" => &["_info"],
            other => panic!("{other} is no type"),
        };
        assert!(allowed.contains(&suffix), "{line}");
        assert!(value >= 0.0 && value.is_finite(), "{line}");
        assert_eq!(suffix == "_bucket", labels.contains_key("le"), "{line}");
        self.samples.push((name.to_owned(), labels, value));
    }

    fn check(&self) {
        assert!(!self.kind.is_empty(), "{} has no type", self.name);
        assert!(self.help.ends_with('.'), "{} has no help", self.name);
        assert!(!self.samples.is_empty(), "{} has no value", self.name);
        match &self.unit {
            Some(unit) => assert!(self.name.ends_with(&format!("_{unit}")), "{}", self.name),
            None => assert!(
                !["_seconds", "_bytes"]
                    .iter()
                    .any(|it| self.name.ends_with(it))
            ),
        }
        if self.kind == "histogram" {
            self.check_buckets();
        }
    }

    /// Buckets go up to infinity and count everything below their bound.
    fn check_buckets(&self) {
        let mut by_labels: BTreeMap<Labels, Vec<(f64, f64)>> = BTreeMap::new();
        let mut counts = BTreeMap::new();
        for (name, labels, value) in &self.samples {
            let mut labels = labels.clone();
            match labels.remove("le") {
                Some(bound) => {
                    let bound = bound.parse().unwrap();
                    by_labels.entry(labels).or_default().push((bound, *value));
                }
                None if name.ends_with("_count") => {
                    counts.insert(labels, *value);
                }
                None => {}
            }
        }
        for (labels, buckets) in by_labels {
            assert!(buckets.is_sorted(), "{}", self.name);
            let last = buckets.last().copied();
            assert_eq!(
                last,
                Some((f64::INFINITY, counts[&labels])),
                "{}",
                self.name
            );
        }
    }
}

fn read_labels(text: &str) -> Labels {
    let label = |label: &str| {
        let (key, value) = label.split_once('=').expect(text);
        let value = value.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        let value = value.expect(text);
        // No value of ours needs an escape.
        assert!(!value.contains(['"', '\\', ',']), "{text}");
        (key.to_owned(), value.to_owned())
    };
    let labels: Vec<(String, String)> = text.split(',').map(label).collect();
    let unique: Labels = labels.iter().cloned().collect();
    assert_eq!(unique.len(), labels.len(), "{text}");
    unique
}
