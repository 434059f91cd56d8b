//! The program: parse, run, print the error and its hints, exit.

use std::process::ExitCode;

use breach::cli::{self, Context};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match cli::read() {
        Ok(cli) => cli,
        Err(exit) => return exit,
    };
    let mut context = Context::system(&cli.global);
    match cli::run(&mut context, &cli) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            context.screen.failure(&failure.details, &failure.error, &failure.hints);
            failure.exit.into()
        }
    }
}
