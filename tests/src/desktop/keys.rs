//! The keyboard, and the mouse where there is no key for it.

use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::key::Key;

use super::Desktop;

impl Desktop {
    /// Presses a key or a chord: `m`, `Enter`, `Mod+Shift+M`, `Shift+F6`, `?`. `Mod` is Ctrl.
    pub async fn press(&self, chord: &str) {
        let mut parts: Vec<&str> = chord.split('+').filter(|part| !part.is_empty()).collect();
        if chord.ends_with('+') {
            parts.push("+");
        }
        let keys: Vec<char> = parts.iter().map(|part| key(part)).collect();
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in &keys {
            actions = actions.then(KeyAction::Down { value: *value });
        }
        for value in keys.iter().rev() {
            actions = actions.then(KeyAction::Up { value: *value });
        }
        self.act(actions).await;
    }

    /// Types text into what has the focus, a key at a time; a line break is Enter, a tab is Tab.
    pub async fn write(&self, text: &str) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for character in text.chars() {
            let value = match character {
                '\n' => Key::Enter.into(),
                '\t' => Key::Tab.into(),
                other => other,
            };
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.act(actions).await;
    }

    /// Drags with the mouse from one place in the window to another, in pixels.
    pub async fn drag(&self, from: (i64, i64), to: (i64, i64)) {
        let at = |(x, y): (i64, i64)| PointerAction::MoveTo {
            duration: Some(Duration::from_millis(100)),
            x: x as f64,
            y: y as f64,
        };
        let between = ((from.0 + to.0) / 2, (from.1 + to.1) / 2);
        let actions = MouseActions::new("mouse".to_owned())
            .then(at(from))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(at(between))
            .then(at(to))
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.client().perform_actions(actions).await.expect("WebKitWebDriver drags");
    }

    async fn act(&self, actions: KeyActions) {
        self.client().perform_actions(actions).await.expect("WebKitWebDriver types");
    }
}

fn key(name: &str) -> char {
    let key = match name {
        "Mod" | "Ctrl" | "Control" => Key::Control,
        "Shift" => Key::Shift,
        "Alt" => Key::Alt,
        "Enter" => Key::Enter,
        "Escape" | "Esc" => Key::Escape,
        "Tab" => Key::Tab,
        "Space" => return ' ',
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "F2" => Key::F2,
        "F5" => Key::F5,
        "F6" => Key::F6,
        _ => {
            let mut characters = name.chars();
            return match (characters.next(), characters.next()) {
                (Some(only), None) => only,
                _ => panic!("no key is called {name:?}"),
            };
        }
    };
    key.into()
}
