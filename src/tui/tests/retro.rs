//! The Retro screen: what it shows of the made-up week, and what its keys write.

use super::app::App;
use super::frames::{ASCII, frame};

fn on_friday() -> App {
    App::at("20 15:10")
}

frame!(retro_100x30, on_friday());
frame!(retro_80x24, on_friday().sized(80, 24));
frame!(retro_60x20, on_friday().sized(60, 20));
frame!(retro_blank, pressed(App::blank("20 15:10"), "6"));
frame!(retro_160x50, on_friday().sized(160, 50));

fn pressed(mut app: App, keys: &str) -> App {
    app.press(keys);
    app
}
