//! The narrative: what it says of a statement, and that every number in it is a fact.

#[cfg(test)]
mod build;
#[cfg(test)]
mod grounded;
#[cfg(test)]
mod read_back;
#[cfg(test)]
mod says;
