//! The JSON Schema of a line.

/// JSON Schema of one line of a chain.
pub fn schema() -> serde_json::Value {
    serde_json::json!({})
}
