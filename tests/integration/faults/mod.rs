//! What goes wrong around the program: processes, disks, folders, locks.

mod disk;
mod places;
mod processes;
