//! The threads that read and scan. Each has repositories and indexes of its own: nobody waits for
//! the other, and the screens wait for neither.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::message::Message;
use super::writer::{self, Deed};
use crate::week::WeekName;
use crate::workspace::code::Place;
use crate::workspace::{Error, Options, Progress, Workspace};

/// Lines that are read before and after a place.
const AROUND: u32 = 400;

/// How often git is looked at for something new.
const WATCH: Duration = Duration::from_secs(3);

/// How often at most the progress of a scan is told.
const TELL: Duration = Duration::from_millis(80);

/// How long the end of a scan is waited for: it stops after its batch.
const END: Duration = Duration::from_secs(3);

enum Question {
    Load {
        generation: u64,
        week: WeekName,
        now: DateTime<Utc>,
    },
    Read(Place),
    Reopen,
}

/// The threads, and what they answer.
#[derive(Debug)]
pub(super) struct Workers {
    reader: Sender<Question>,
    scanner: Sender<u64>,
    writer: Sender<(Deed, DateTime<Utc>)>,
    answers: Receiver<Message>,
    cancel: Arc<AtomicBool>,
    scanning: JoinHandle<()>,
    waiting: usize,
}

impl std::fmt::Debug for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Question::Load { generation, .. } => write!(f, "Load({generation})"),
            Question::Read(place) => write!(f, "Read({place:?})"),
            Question::Reopen => f.write_str("Reopen"),
        }
    }
}

impl Workers {
    /// Starts them. `workspace` is opened from `options`, which the scans open again: git may have
    /// gone on since.
    pub(super) fn start(workspace: Workspace, options: Options) -> Self {
        let (tell, answers) = channel();
        let (reader, questions) = channel();
        let (scanner, scans) = channel();
        let (writer, deeds) = channel();
        let cancel = Arc::new(AtomicBool::new(false));
        let told = tell.clone();
        let from = options.clone();
        thread::spawn(move || read(workspace, &from, &questions, &told));
        let (told, from) = (tell.clone(), options.clone());
        thread::spawn(move || writer::write(&from, &deeds, &told));
        let stop = Arc::clone(&cancel);
        let scanning = thread::spawn(move || scan(&options, &scans, &tell, &stop));
        Self {
            reader,
            scanner,
            writer,
            answers,
            cancel,
            scanning,
            waiting: 0,
        }
    }

    /// Asks for the debt of a week.
    pub(super) fn load(&mut self, generation: u64, week: WeekName, now: DateTime<Utc>) {
        self.waiting += 1;
        let _ = self.reader.send(Question::Load {
            generation,
            week,
            now,
        });
    }

    /// Asks for the lines around a place.
    pub(super) fn read(&mut self, place: Place) {
        self.waiting += 1;
        let _ = self.reader.send(Question::Read(place));
    }

    /// Asks for the indexes to be opened with the settings as they are now.
    pub(super) fn reopen(&mut self) {
        self.waiting += 1;
        let _ = self.reader.send(Question::Reopen);
    }

    /// Asks for a scan.
    pub(super) fn scan(&mut self, generation: u64) {
        self.waiting += 1;
        let _ = self.scanner.send(generation);
    }

    /// Asks for something to be written.
    pub(super) fn write(&mut self, deed: Deed, now: DateTime<Utc>) {
        self.waiting += 1;
        let _ = self.writer.send((deed, now));
    }

    /// What was answered since the last time.
    pub(super) fn answers(&mut self) -> Vec<Message> {
        let answers: Vec<Message> = self.answers.try_iter().collect();
        let last = |message: &&Message| {
            matches!(
                message,
                Message::Loaded { .. }
                    | Message::Read { .. }
                    | Message::Scanned { .. }
                    | Message::Wrote(_)
                    | Message::Set(_)
                    | Message::Reopened(_)
                    | Message::Joined { .. }
            )
        };
        self.waiting = self
            .waiting
            .saturating_sub(answers.iter().filter(last).count());
        answers
    }

    /// Whether an answer is still to come.
    pub(super) fn is_busy(&self) -> bool {
        self.waiting > 0
    }

    /// Ends the scan that may run, and waits for it a little. What was scanned is kept, and what was
    /// not, the next scan reads.
    pub(super) fn stop(self) {
        self.cancel.store(true, Ordering::SeqCst);
        drop(self.scanner);
        let until = Instant::now() + END;
        while !self.scanning.is_finished() && Instant::now() < until {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Does a job, and turns a panic into an answer: the screens stay up.
pub(super) fn guarded<T>(job: impl FnOnce() -> Result<T, Error>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(job)) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("this is a bug in hackweek, please report it: a worker panicked".to_owned()),
    }
}

fn read(
    mut workspace: Workspace,
    options: &Options,
    questions: &Receiver<Question>,
    tell: &Sender<Message>,
) {
    while let Ok(question) = questions.recv() {
        let answer = match question {
            Question::Load {
                generation,
                week,
                now,
            } => Message::Loaded {
                generation,
                overview: guarded(|| workspace.overview(week, now)).map(Arc::new),
            },
            Question::Reopen => {
                let opened = guarded(|| Workspace::open(options.clone()));
                Message::Reopened(opened.map(|opened| workspace = opened))
            }
            Question::Read(place) => {
                let code = guarded(|| workspace.code(&place, AROUND));
                Message::Read {
                    place,
                    code: code.map(|code| code.map(Arc::new)),
                }
            }
        };
        if tell.send(answer).is_err() {
            return;
        }
    }
}

fn scan(options: &Options, scans: &Receiver<u64>, tell: &Sender<Message>, stop: &AtomicBool) {
    let mut seen = None;
    loop {
        let generation = match scans.recv_timeout(WATCH) {
            Ok(generation) => generation,
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                let tips = guarded(|| Ok(Workspace::open(options.clone())?.tips())).ok();
                if seen.is_some() && tips.is_some() && tips != seen {
                    seen = tips;
                    let _ = tell.send(Message::Stale);
                }
                continue;
            }
        };
        let last = Mutex::new(Instant::now());
        let progress = |progress: Progress| {
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            if last.elapsed() >= TELL {
                *last = Instant::now();
                let _ = tell.send(Message::Scanning {
                    generation,
                    repository: progress.repository,
                    done: progress.done,
                    total: progress.total,
                });
            }
        };
        let outcome = guarded(|| {
            let mut workspace = Workspace::open(options.clone())?;
            seen = Some(workspace.tips());
            workspace.scan(&progress, stop)
        });
        let outcome = outcome.and_then(|scanned| {
            let mut new = 0;
            let mut wrong = Vec::new();
            for repository in scanned {
                match repository.outcome {
                    Ok(figures) => new += figures.new_commits,
                    Err(error) => wrong.push(format!("{}: {error}", repository.name)),
                }
            }
            if wrong.is_empty() {
                Ok(new)
            } else {
                Err(wrong.join("; "))
            }
        });
        if tell
            .send(Message::Scanned {
                generation,
                outcome,
            })
            .is_err()
        {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]

    use super::*;

    #[test]
    fn a_panic_of_a_job_is_an_answer() {
        let answer = guarded(|| -> Result<(), Error> { panic!("in a worker") });
        assert!(answer.is_err_and(|why| why.contains("bug in hackweek")));
        assert_eq!(guarded(|| Ok(1)), Ok(1));
        assert_eq!(
            guarded(|| Err::<(), _>(Error::Interrupted)),
            Err("interrupted".to_owned())
        );
    }
}
