//! The journeys of a user, on the real program over real sockets.

mod analyze;
mod api;
mod backup;
mod bad_input;
mod categories;
mod clients;
mod command_line;
mod corpus;
mod dead_letters;
mod distributed;
mod files;
mod forecasts;
mod hostile;
mod kept;
mod operations;
mod processes;
mod support;
mod tenants;
