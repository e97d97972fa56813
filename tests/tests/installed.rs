//! Stories through the real window: the app as it is installed, on a desktop of its own with a real keyring, over
//! real sockets to the real server. What they claim is asked of the server, not of the window.
//!
//! One program for all of them: add a module, not a file beside this one.

#![cfg(target_os = "linux")]

mod installed {
    mod answering;
    mod attention;
    mod connection;
    mod elsewhere;
    mod hostile;
    mod keychains;
    mod languages;
    mod life;
    mod links;
    mod locking;
    mod page;
    mod pictures;
    mod reopening;
    mod site;
    mod verification;
}
