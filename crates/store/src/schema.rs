//! The schema of a service: its name and its migrations.

/// One change of a schema, applied once and never edited afterwards.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its number in the schema, from 1.
    pub version: u32,
    /// What it does, in a few words.
    pub name: &'static str,
    /// Its statements. They run as the owner of the schema, with the schema as their search path.
    pub sql: &'static str,
}

/// What a service owns in the database. Two roles work in it: `saldo_<name>` within a tenant, `saldo_<name>_system` for
/// what belongs to no tenant.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// The target's name.
    pub name: &'static str,
    /// All migrations, in order.
    pub migrations: &'static [Migration],
    /// Whether it has the tables that services share: outbox, inbox, jobs and keys of repeated calls.
    pub of_service: bool,
}

impl Schema {
    /// The schema of a service.
    pub const fn of_service(name: &'static str, migrations: &'static [Migration]) -> Self {
        Self { name, migrations, of_service: true }
    }

    /// The role that works within one tenant.
    pub fn role(&self) -> String {
        format!("saldo_{}", self.name)
    }

    /// The role that works for no tenant.
    pub fn system_role(&self) -> String {
        format!("saldo_{}_system", self.name)
    }
}

/// The name of the schema of the bus. Its system role may read and mark the outbox of every service.
pub const BUS: &str = "bus";
