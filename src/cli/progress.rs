//! How far a scan is, on standard error, when it takes long enough to be asked.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::report::safe_text::Safe;
use crate::workspace::Progress;

/// A scan that ends sooner is not worth a bar that flashes by.
const PATIENCE: Duration = Duration::from_millis(300);

/// One bar for all repositories of a scan. It goes when it is dropped.
pub(crate) struct ScanBar {
    begun: Instant,
    shown: bool,
    bar: ProgressBar,
    figures: Mutex<BTreeMap<String, (u64, u64)>>,
}

impl ScanBar {
    /// A bar that shows itself after a moment, if standard error is a terminal that can move its
    /// cursor.
    pub(crate) fn new(ascii: bool) -> Self {
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        let signs = if ascii { "#-" } else { "━╸─" };
        let template =
            " {bar:24} {human_pos} of {human_len} commits  {per_sec:.0}  {eta} left  {wide_msg}";
        // The template is our own; without it the bar is merely plain.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars(signs));
        }
        Self {
            begun: Instant::now(),
            shown: std::io::stderr().is_terminal() && !dumb,
            bar,
            figures: Mutex::default(),
        }
    }

    /// Takes note of one repository's progress. Cheap enough to be called for every commit.
    pub(crate) fn update(&self, progress: Progress) {
        if !self.shown || self.begun.elapsed() < PATIENCE {
            return;
        }
        // Figures are absolute: one that is missed while another is drawn is made good by the next.
        let Ok(mut figures) = self.figures.try_lock() else {
            return;
        };
        if self.bar.is_hidden() {
            self.bar
                .set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
        let mut name = Safe::new(&progress.repository).to_string();
        name.truncate(name.char_indices().nth(24).map_or(name.len(), |(at, _)| at));
        figures.insert(progress.repository, (progress.done, progress.total));
        let done = figures.values().map(|(done, _)| done).sum();
        self.bar
            .set_length(figures.values().map(|(_, total)| total).sum());
        self.bar.set_message(name);
        self.bar.set_position(done);
    }
}

impl Drop for ScanBar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
