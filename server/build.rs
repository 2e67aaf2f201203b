//! Tells cargo that the binary holds the catalogue and the widget: both are embedded at compile time.

fn main() {
    for folder in ["../catalogue", "../widget/dist"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
