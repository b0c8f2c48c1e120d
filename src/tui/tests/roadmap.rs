//! The Roadmap screen: what it shows of the made-up week, and what its keys write.

use super::app::App;
use super::frames::frame;

fn on_friday() -> App {
    pressed(App::at("20 15:40"), "7")
}

fn pressed(mut app: App, keys: &str) -> App {
    app.press(keys);
    app
}

frame!(roadmap_100x30, on_friday());
frame!(roadmap_80x24, on_friday().sized(80, 24));
frame!(roadmap_60x20, on_friday().sized(60, 20));
frame!(
    roadmap_60x20_when,
    pressed(on_friday().sized(60, 20), "tab")
);
frame!(roadmap_blank, pressed(App::blank("20 15:10"), "7"));
frame!(roadmap_160x50, on_friday().sized(160, 50));
