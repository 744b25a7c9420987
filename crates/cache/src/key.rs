//! Keys: whose, of what kind, which one.

use std::{fmt, net::IpAddr, net::Ipv6Addr};

use saldo_kernel::Tenant;

/// Whose calls are counted or whose value it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// Who calls from an address. Made by [`Owner::at`].
    Address(IpAddr),
    /// An organisation, or one workspace of it.
    Tenant(Tenant),
}

impl Owner {
    /// Who calls from `address`: one subscriber has a whole IPv6 /64, and an IPv4 address may come written as IPv6.
    pub fn at(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V4(short) => IpAddr::V4(short),
            IpAddr::V6(long) => IpAddr::V6(Ipv6Addr::from(u128::from(long) & !u128::from(u64::MAX))),
        })
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => write!(f, "ip:{address}"),
            Self::Tenant(Tenant { organization, workspace: None }) => write!(f, "{organization}"),
            Self::Tenant(Tenant { organization, workspace: Some(workspace) }) => {
                write!(f, "{organization}/{workspace}")
            }
        }
    }
}

/// The key of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Whose it is.
    pub owner: Owner,
    /// What it is, such as `session`.
    pub kind: &'static str,
    /// Which one of them.
    pub name: String,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "saldo:{}:{}:{}", self.kind, self.owner, self.name)
    }
}

#[cfg(test)]
mod tests {
    use saldo_kernel::{OrganizationId, WorkspaceId};

    use super::*;

    fn at(text: &str) -> Owner {
        Owner::at(text.parse().unwrap())
    }

    #[test]
    fn a_network_of_ipv6_is_one_owner_and_each_ipv4_address_one_however_it_is_written() {
        assert_eq!(at("2001:db8::1"), at("2001:db8::ffff:1"));
        assert_ne!(at("2001:db8::1"), at("2001:db8:0:1::1"));
        assert_eq!(at("::ffff:192.0.2.1"), at("192.0.2.1"));
        assert_ne!(at("::ffff:192.0.2.1"), at("::ffff:192.0.2.2"));
    }

    #[test]
    fn a_key_begins_with_its_kind_and_owner() {
        let (organization, workspace) = (OrganizationId::generate(), Some(WorkspaceId::generate()));
        let key = |owner| Key { owner, kind: "session", name: "a:b".to_owned() }.to_string();
        let tenant = |workspace| key(Owner::Tenant(Tenant { organization, workspace }));
        assert_eq!(tenant(None), format!("saldo:session:{organization}:a:b"));
        assert_eq!(tenant(workspace), format!("saldo:session:{organization}/{}:a:b", workspace.unwrap()));
        assert_eq!(key(at("192.0.2.1")), "saldo:session:ip:192.0.2.1:a:b");
    }
}
