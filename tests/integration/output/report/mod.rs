//! The faces of the report that need more than a snapshot.

mod docx;
mod html;
