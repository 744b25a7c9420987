//! What the analysis makes of statements: figures, their lineage, and what is unusual.

#[cfg(test)]
mod build;
#[cfg(test)]
mod categories;
#[cfg(test)]
mod evaluate;
#[cfg(test)]
mod figures;
#[cfg(test)]
mod findings;
#[cfg(test)]
mod lineage;
#[cfg(test)]
mod recurring;
#[cfg(test)]
mod speed;
#[cfg(test)]
mod transfers;
