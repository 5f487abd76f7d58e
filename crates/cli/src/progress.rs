//! A bar with counts for what takes longer than a second.

use std::io::{IsTerminal, stderr};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use throughline_app::Progress;

/// Nothing is shown before this much time has gone.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar on standard error, where that is a terminal.
#[derive(Debug, Default)]
pub struct Bar(Mutex<Option<Running>>);

#[derive(Debug)]
struct Running {
    bar: ProgressBar,
    /// Dropped when the work is over, before which the bar may come to be seen.
    _over: Sender<()>,
}

impl Bar {
    fn replace(&self, running: Option<Running>) {
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Running { bar, _over }) = std::mem::replace(&mut *current, running) {
            drop(_over);
            bar.finish_and_clear();
        }
    }
}

impl Progress for Bar {
    fn start(&self, what: &str, total: Option<u64>) {
        if !stderr().is_terminal() {
            return;
        }
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        let template = match total {
            Some(_) => "{msg}  {wide_bar:.cyan/dim}  {human_pos} of {human_len}",
            None => "{spinner:.cyan} {msg}  {human_pos}",
        };
        bar.set_style(
            ProgressStyle::with_template(template)
                .unwrap_or_else(|_| ProgressStyle::default_bar())
                .progress_chars("━━─"),
        );
        bar.set_message(crate::text::clean(what));
        let (over, ended) = channel::<()>();
        let shown = bar.clone();
        thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) && !shown.is_finished() {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(Duration::from_millis(120));
            }
        });
        self.replace(Some(Running { bar, _over: over }));
    }

    fn step(&self, done: u64) {
        if let Some(running) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            running.bar.set_position(done);
        }
    }

    fn finish(&self) {
        self.replace(None);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.finish();
    }
}
