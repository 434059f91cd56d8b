//! What goes wrong around the program: processes, disks, folders, locks.

mod chains;
#[cfg(target_os = "linux")]
mod controls;
mod copies;
mod damage;
// strace, which injects the faults, is a tool of Linux.
#[cfg(target_os = "linux")]
mod disk;
#[cfg(target_os = "linux")]
mod every;
#[cfg(target_os = "linux")]
mod folders;
mod moving;
mod places;
mod processes;
mod readers;
mod unrecorded;
