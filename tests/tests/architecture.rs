//! What must never appear: edges between packages, libraries in the lock file, words in the sources.
//!
//! Every check is a plain function over data, and has a test that it fails where it should.

mod architecture {
    mod edges;
    mod graph;
    mod lock;
    mod manifests;
    mod sentences;
    mod sources;
    mod tree;
}
