//! Receivers that are out of order for half an hour (security, R-04).

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::net::{TcpListener, TcpSocket, TcpStream};

use super::{
    World,
    couriers::{ask, attempts_in_order, count, courier, until},
    receiver::Receiver,
    subscribe,
};
use crate::store::claims::PAUSE;

/// How long the outage is, in steps of a minute.
const MINUTES: usize = 30;

/// How many devices are asked in each minute.
const DEVICES: u8 = 4;

/// A way to a receiver that can be out of order.
struct Way(Mutex<Outage>);

enum Outage {
    /// Connections are torn down.
    Resets,
    /// Connections are held, and nothing is said.
    Hangs(Vec<TcpStream>),
    /// It is over.
    Over,
}

impl Way {
    async fn new(to: SocketAddr, outage: Outage) -> (Arc<Self>, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let way = Arc::new(Self(Mutex::new(outage)));
        tokio::spawn(way.clone().lead(listener, to));
        (way, url)
    }

    async fn lead(self: Arc<Self>, listener: TcpListener, to: SocketAddr) {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            match &mut *self.0.lock().unwrap() {
                Outage::Resets => stream.set_zero_linger().unwrap(),
                Outage::Hangs(held) => held.push(stream),
                Outage::Over => {
                    tokio::spawn(pass_on(stream, to));
                }
            }
        }
    }

    /// Ends the connections that hang, as the server would after its ten seconds.
    fn let_go(&self) {
        if let Outage::Hangs(held) = &mut *self.0.lock().unwrap() {
            held.clear();
        }
    }

    fn mend(&self) {
        *self.0.lock().unwrap() = Outage::Over;
    }
}

async fn pass_on(mut stream: TcpStream, to: SocketAddr) {
    let mut receiver = TcpStream::connect(to).await.unwrap();
    let _ = tokio::io::copy_bidirectional(&mut stream, &mut receiver).await;
}

async fn nothing_is_under_way(world: &World) -> bool {
    let claimed = "SELECT id FROM deliveries WHERE claimed_until IS NOT NULL";
    world.app.store.dump(claimed).await.is_empty()
}

#[tokio::test]
async fn an_outage_loses_nothing_delays_nobody_else_and_is_made_up_for_at_once() {
    let world = World::on_disk().await;
    let mut devices = Vec::new();
    for seed in 1..=DEVICES {
        devices.push(world.verified_device(seed).await);
    }
    let mut all = Vec::new();
    for _ in 0..5 {
        all.push(Receiver::new().await);
    }
    let [healthy, failing, resetting, hanging, down] = &all[..] else {
        panic!("there are five");
    };
    failing.say(500);
    let (resets, resetting_url) = Way::new(resetting.0.address, Outage::Resets).await;
    let (hangs, hanging_url) = Way::new(hanging.0.address, Outage::Hangs(Vec::new())).await;
    // An address that is taken, and where nobody listens yet.
    let nobody = TcpSocket::new_v4().unwrap();
    nobody.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let down_url = format!("http://{}/", nobody.local_addr().unwrap());
    let mut hook = String::new();
    for url in [
        healthy.url("/"),
        failing.url("/"),
        resetting_url,
        hanging_url,
        down_url,
    ] {
        hook = subscribe(&world, &url, &["challenge.created"]).await;
    }
    let delivering = tokio::spawn(courier(&world.app).run());
    for minute in 1..=MINUTES {
        ask(&world, &devices, 1).await;
        // While the others are in the middle of their failures.
        let so_far = minute * devices.len();
        until(async || healthy.0.heard.lock().unwrap().len() == so_far).await;
        until(async || {
            hangs.let_go();
            nothing_is_under_way(&world).await
        })
        .await;
        world.advance(60);
    }
    let attempts = failing.heard().len();
    failing.say(200);
    resets.mend();
    hangs.mend();
    let way = Arc::new(Way(Mutex::new(Outage::Over)));
    tokio::spawn(way.lead(nobody.listen(64).unwrap(), down.0.address));
    world.advance(PAUSE.as_secs());
    // Any change wakes the courier, who does not see the clock being moved.
    world.post(&hook, "FriendlyName=Hook").await.expect(200);
    let events = MINUTES * devices.len();
    until(async || count(&world, "delivered").await == all.len() * events).await;
    world.app.stopping.cancel();
    delivering.await.unwrap();
    for receiver in &all {
        assert_eq!(attempts_in_order(&world, &receiver.heard()).await.len(), events);
    }
    // A handful until it is known that nothing is taken, and then one a minute, when there is something to wake for.
    assert!(attempts < 2 * MINUTES, "{attempts}");
    eprintln!(
        "R-04: {events} events in {MINUTES} min to five receivers, of which one failed, one reset, one hung and one was \
         down: 0 lost, 0 late for the fifth, {attempts} attempts at the failing one, all made up for within {PAUSE}"
    );
}
