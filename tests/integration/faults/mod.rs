//! What goes wrong around the program: processes, disks, folders, locks.

mod chains;
mod damage;
mod disk;
mod moving;
mod places;
mod processes;
mod readers;
mod unrecorded;
