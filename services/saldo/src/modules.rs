//! The table of modules: reading it is reading the architecture.

use saldo_runtime::Module;
use saldo_store::Schema;

/// Every target, in the order they are listed.
pub(crate) fn table() -> Vec<Module> {
    vec![
        saldo_gateway::module(),  // calls all others
        saldo_analysis::module(), // calls file, forecast
        saldo_file::module(),     // calls nobody
        saldo_forecast::module(), // calls nobody
    ]
}

/// The schemas of all targets, and of what carries their events.
pub(crate) fn schemas() -> Vec<Schema> {
    saldo_runtime::schemas(&table())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use saldo_proto::descriptors;

    use super::table;

    #[test]
    fn every_service_of_the_contract_is_served_by_the_target_of_its_package() {
        let served: BTreeSet<_> = table()
            .iter()
            .flat_map(|module| module.serves.iter().map(|service| (module.name.to_owned(), (*service).to_owned())))
            .collect();
        let contract: BTreeSet<_> = descriptors()
            .services()
            .map(|service| {
                let target = service.package_name().split('.').nth(1).unwrap_or_default().to_owned();
                (target, service.full_name().to_owned())
            })
            .collect();
        assert_eq!(served, contract);
    }

    #[test]
    fn a_module_calls_only_targets_that_exist() {
        let names: BTreeSet<_> = table().iter().map(|module| module.name).collect();
        for module in table() {
            for called in module.calls {
                assert!(names.contains(called), "{} calls {called}, which is no target", module.name);
            }
        }
    }
}
