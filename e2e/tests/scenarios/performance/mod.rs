//! What a page loads and sends.

mod first_load;
mod fonts;
mod heavy_ink;
mod network;
