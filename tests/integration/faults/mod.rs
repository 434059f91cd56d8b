//! What goes wrong around the program: processes, disks, folders, locks.

mod chains;
mod disk;
mod places;
mod processes;
