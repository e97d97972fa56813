//! Ways to write addresses that are not of the public internet, for tests.

use std::net::Ipv4Addr;

const BY_HAND: &str = "
    0.0.0.0 0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.1 127.0.0.1.
    2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 169.254.169.254 0xa9fea9fe 2852039166
    169.254.0.1 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1
    0xc0.0xa8.1.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250
    240.0.0.1 255.255.255.255 100.100.100.200 １２７.0.0.1 127。0。0。1 [::] [::1] [::127.0.0.1]
    [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.0.0.1] [::ffff:169.254.169.254] [::ffff:0.0.0.0]
    [::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::a9fe:a9fe] [64:ff9b::10.0.0.1]
    [64:ff9b:1::1] [2002:7f00:1::] [2002:a00:1::] [2002:c0a8:101::1] [2001::1] [2001:0:7f00:1::]
    [2001:db8::1] [2001:10::1] [3fff::1] [fc00::1] [fd00:ec2::254] [fd12:3456::1] [fe80::1]
    [febf::1] [fec0::1] [ff02::1] [ff0e::1] [100::1] [5f00::1] [4000::1] [0:0:0:0:0:0:0:1]
";

/// One or more of each block that is set aside.
const INNER_V4: [Ipv4Addr; 12] = [
    Ipv4Addr::LOCALHOST,
    Ipv4Addr::UNSPECIFIED,
    Ipv4Addr::BROADCAST,
    Ipv4Addr::new(127, 8, 9, 10),
    Ipv4Addr::new(10, 1, 2, 3),
    Ipv4Addr::new(100, 64, 1, 2),
    Ipv4Addr::new(169, 254, 169, 254),
    Ipv4Addr::new(172, 20, 1, 2),
    Ipv4Addr::new(192, 168, 1, 2),
    Ipv4Addr::new(198, 18, 1, 2),
    Ipv4Addr::new(203, 0, 113, 2),
    Ipv4Addr::new(224, 0, 0, 251),
];

/// Hosts of URLs, none of which may be called.
pub(crate) fn hosts() -> Vec<String> {
    let by_hand = BY_HAND.split_whitespace().map(str::to_owned);
    by_hand.chain(INNER_V4.iter().flat_map(writings)).collect()
}

/// An IPv4 address in every way that some parser reads.
fn writings(address: &Ipv4Addr) -> Vec<String> {
    let number = address.to_bits();
    let [a, b, c, d] = address.octets();
    let (high, low) = (number >> 16, number & 0xffff);
    vec![
        format!("{a}.{b}.{c}.{d}"),
        format!("{a}.{b}.{c}.{d}."),
        format!("{number}"),
        format!("{number:#x}"),
        format!("0X{number:X}"),
        format!("0{number:o}"),
        format!("{a:#x}.{b:#x}.{c:#x}.{d:#x}"),
        format!("0{a:o}.0{b:o}.0{c:o}.0{d:o}"),
        format!("000{a:o}.{b}.{c:#x}.{d}"),
        format!("{a}.{}", number & 0xff_ffff),
        format!("{a}.{b}.{low}"),
        format!("%3{}{}", &a.to_string()[..1], &address.to_string()[1..]),
        format!("[::ffff:{address}]"),
        format!("[::ffff:{high:x}:{low:x}]"),
        format!("[0:0:0:0:0:ffff:{high:x}:{low:x}]"),
        format!("[::{address}]"),
        format!("[::ffff:0:{address}]"),
        format!("[64:ff9b::{address}]"),
        format!("[64:ff9b::{high:x}:{low:x}]"),
        format!("[64:ff9b:1::{address}]"),
        format!("[2002:{high:x}:{low:x}::1]"),
        format!("[2001:0:{high:x}:{low:x}::1]"),
        format!("[fe80::5efe:{address}]"),
    ]
}
