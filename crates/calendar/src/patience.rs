//! How long to wait for an answer, and how often to ask again.

use std::time::Duration;

use crate::{Error, Result};

/// How long to wait for a provider. Injected, so that tests need not wait.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For one call, from its first byte to its last.
    pub call: Duration,
    /// Calls altogether, the first among them.
    pub tries: u32,
    /// Before the second; doubled before each further one.
    pub first: Duration,
    /// Nobody waits longer between two calls; a provider that asks for more is left alone.
    pub longest: Duration,
    /// From 0 to 1, another number at every call: so that many clients do not come back at the same moment.
    pub jitter: fn() -> f64,
}

impl Patience {
    /// For a person who waits: about a quarter of a minute until it gives up.
    #[must_use]
    pub fn new(jitter: fn() -> f64) -> Self {
        Self {
            call: Duration::from_secs(20),
            tries: 5,
            first: Duration::from_millis(500),
            longest: Duration::from_secs(30),
            jitter,
        }
    }

    /// How long to wait before the next call; none where it is not to be made. `tried` calls have been.
    #[must_use]
    pub fn next(&self, tried: u32, error: &Error) -> Option<Duration> {
        let asked = error.passes()?;
        // Who is not there now will hardly be there in a second, and a person waits.
        let tries = if matches!(error, Error::Offline | Error::TimedOut) { self.tries.min(2) } else { self.tries };
        if tried >= tries {
            return None;
        }
        let doubled = self.first.saturating_mul(1 << (tried - 1).min(16)).min(self.longest);
        let wait = doubled.mul_f64(0.5 + 0.5 * (self.jitter)().clamp(0.0, 1.0));
        match asked {
            Some(asked) if asked > self.longest => None,
            Some(asked) => Some(asked + wait.min(asked / 4 + self.first)),
            None => Some(wait),
        }
    }
}

/// Asks until there is an answer, an error that stays, or no patience left; each call is held to its time.
///
/// # Errors
/// The last one.
pub async fn retrying<T>(patience: &Patience, mut ask: impl AsyncFnMut() -> Result<T>) -> Result<T> {
    let mut tried = 0;
    loop {
        tried += 1;
        let error = match tokio::time::timeout(patience.call, ask()).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => error,
            Err(_) => Error::TimedOut,
        };
        match patience.next(tried, &error) {
            Some(wait) => tokio::time::sleep(wait).await,
            None => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patience() -> Patience {
        Patience::new(|| 1.0)
    }

    #[test]
    fn waits_double_up_to_a_cap_and_end() {
        let failed = Error::Server { status: Some(503), retry_after: None };
        let waits: Vec<_> = (1..=5).map(|tried| patience().next(tried, &failed).map(|wait| wait.as_millis())).collect();
        assert_eq!(waits, [Some(500), Some(1_000), Some(2_000), Some(4_000), None]);
        let capped = Patience { tries: 100, ..patience() };
        assert_eq!(capped.next(90, &failed), Some(Duration::from_secs(30)));
    }

    #[test]
    fn jitter_takes_up_to_half() {
        let failed = Error::Quota { retry_after: None };
        assert_eq!(Patience::new(|| 0.0).next(1, &failed), Some(Duration::from_millis(250)));
    }

    #[test]
    fn what_the_provider_asks_for_is_waited_for_unless_it_is_too_long() {
        let asks = |seconds| Error::Quota { retry_after: Some(Duration::from_secs(seconds)) };
        for (seconds, least) in [(0, Some(0)), (3, Some(3)), (30, Some(30)), (31, None), (86_400, None)] {
            let wait = patience().next(1, &asks(seconds)).map(|wait| wait.as_secs());
            assert_eq!(wait, least, "{seconds}");
        }
    }

    #[test]
    fn an_error_that_stays_is_not_asked_about_again_and_one_of_the_line_only_once() {
        for error in [Error::NeedsSignIn, Error::StaleToken, Error::Cancelled, Error::NotFound] {
            assert_eq!(patience().next(1, &error), None, "{error}");
        }
        assert!(patience().next(1, &Error::Offline).is_some());
        assert_eq!(patience().next(2, &Error::Offline), None);
    }
}
