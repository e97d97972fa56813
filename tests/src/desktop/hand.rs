//! Another program of the desktop, which a person copies a picture from, or drags one out of. It speaks to the app as
//! every program does: by selections of X11, and by XDND.

use std::{fs, path::Path, sync::Arc, thread};

use anyhow::{Context, Result, ensure};
use tokio::sync::mpsc;
use x11rb::{
    connection::Connection,
    protocol::{
        Event,
        xproto::{
            Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode,
            SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
        },
    },
    rust_connection::RustConnection,
    wrapper::ConnectionExt as _,
};

use super::{Desktop, PATIENCE};

/// The version of XDND.
const VERSION: u32 = 5;

/// How often the hand moves over the window, a point at a time.
const STEPS: u32 = 10;

/// What somebody took in their hand: whoever asks for it gets it.
pub struct Hand {
    screen: Arc<RustConnection>,
    window: Window,
    root: Window,
    answers: mpsc::UnboundedReceiver<ClientMessageEvent>,
}

impl Desktop {
    /// Copies a picture in another program. It stays on the clipboard for as long as the value is there.
    ///
    /// # Errors
    /// If the display does not take it.
    pub fn copy_picture(&self, picture: &Path) -> Result<Hand> {
        Hand::hold(self, "CLIPBOARD", "image/png", fs::read(picture)?)
    }

    /// Drags a file out of another program and drops it into the middle of the app's window.
    ///
    /// # Errors
    /// If the app does not take it.
    pub async fn drag_in(&self, file: &Path) -> Result<()> {
        let found = self.output("xdotool", &["search", "--onlyvisible", "--name", "Countersign"])?;
        let windows: Vec<Window> = found.lines().map(str::parse).collect::<Result<_, _>>()?;
        let list = format!("file://{}\r\n", file.display());
        let mut hand = Hand::hold(self, "XdndSelection", "text/uri-list", list.into_bytes())?;
        let window = hand.largest_of(&windows)?;
        tokio::time::timeout(PATIENCE, hand.drop_on(window))
            .await
            .context("the window does not answer")?
    }
}

impl Hand {
    fn hold(desktop: &Desktop, selection: &str, kind: &str, bytes: Vec<u8>) -> Result<Self> {
        let display = desktop.environment.iter().find(|(name, _)| name == "DISPLAY");
        let display = display.and_then(|(_, number)| number.to_str());
        let (screen, number) = x11rb::connect(display)?;
        let root = screen.setup().roots[number].root;
        let window = screen.generate_id()?;
        screen.create_window(
            0,
            window,
            root,
            0,
            0,
            1,
            1,
            0,
            WindowClass::INPUT_ONLY,
            x11rb::COPY_FROM_PARENT,
            &CreateWindowAux::new().event_mask(EventMask::STRUCTURE_NOTIFY),
        )?;
        let selection = atom(&screen, selection)?;
        screen.set_selection_owner(window, selection, x11rb::CURRENT_TIME)?;
        let owner = screen.get_selection_owner(selection)?.reply()?.owner;
        ensure!(owner == window, "somebody else holds the selection");
        let held = Held {
            targets: atom(&screen, "TARGETS")?,
            kind: atom(&screen, kind)?,
            bytes,
        };
        let screen = Arc::new(screen);
        let (told, answers) = mpsc::unbounded_channel();
        let listening = Arc::clone(&screen);
        thread::spawn(move || held.serve(&listening, &told));
        Ok(Self {
            screen,
            window,
            root,
            answers,
        })
    }

    /// Carries it over the window, lets go in the middle, and waits until it was taken.
    async fn drop_on(&mut self, target: Window) -> Result<()> {
        let (status, finished) = (self.atom("XdndStatus")?, self.atom("XdndFinished")?);
        let (x, y) = self.middle_of(target)?;
        let (kind, copy) = (self.atom("text/uri-list")?, self.atom("XdndActionCopy")?);
        self.tell(target, "XdndEnter", [VERSION << 24, kind, 0, 0])?;
        // A hand moves: what the page says to the first steps counts less than what it says to the last one.
        let mut is_welcome = false;
        for step in (0..STEPS).rev() {
            self.tell(target, "XdndPosition", [0, (x - step) << 16 | y, 0, copy])?;
            is_welcome = self.answer(status).await?.data.as_data32()[1] & 1 == 1;
        }
        ensure!(is_welcome, "the window would not take it");
        self.tell(target, "XdndDrop", [0; 4])?;
        let taken = self.answer(finished).await?.data.as_data32()[1] & 1 == 1;
        ensure!(taken, "the window did not take what was dropped");
        Ok(())
    }

    /// The largest of these: the toolkit has further windows of that name, which nobody sees.
    fn largest_of(&self, windows: &[Window]) -> Result<Window> {
        let mut largest = None;
        for window in windows {
            let size = self.screen.get_geometry(*window)?.reply()?;
            largest = largest.max(Some((size.width, *window)));
        }
        Ok(largest.context("there is a window")?.1)
    }

    /// On the screen.
    fn middle_of(&self, window: Window) -> Result<(u32, u32)> {
        let size = self.screen.get_geometry(window)?.reply()?;
        let at = self
            .screen
            .translate_coordinates(
                window,
                self.root,
                (size.width / 2).try_into()?,
                (size.height / 2).try_into()?,
            )?
            .reply()?;
        Ok((at.dst_x.try_into()?, at.dst_y.try_into()?))
    }

    fn tell(&self, target: Window, message: &str, rest: [u32; 4]) -> Result<()> {
        let [one, two, three, four] = rest;
        let kind = self.atom(message)?;
        let event = ClientMessageEvent::new(32, target, kind, [self.window, one, two, three, four]);
        self.screen
            .send_event(false, target, EventMask::NO_EVENT, event)?;
        Ok(self.screen.flush()?)
    }

    async fn answer(&mut self, kind: Atom) -> Result<ClientMessageEvent> {
        loop {
            let answer = self.answers.recv().await.context("the display is gone")?;
            if answer.type_ == kind {
                return Ok(answer);
            }
        }
    }

    fn atom(&self, name: &str) -> Result<Atom> {
        atom(&self.screen, name)
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        // The thread that serves it ends with the window, or with the display.
        let _ = self.screen.destroy_window(self.window);
        let _ = self.screen.flush();
    }
}

/// What there is to have, and as what.
struct Held {
    targets: Atom,
    kind: Atom,
    bytes: Vec<u8>,
}

impl Held {
    /// Hands it to whoever asks, and passes on what the one says that it is dragged over.
    fn serve(&self, screen: &RustConnection, told: &mpsc::UnboundedSender<ClientMessageEvent>) {
        while let Ok(event) = screen.wait_for_event() {
            let going = match event {
                Event::SelectionRequest(request) => self.hand_over(screen, &request).is_ok(),
                Event::ClientMessage(answer) => told.send(answer).is_ok(),
                Event::SelectionClear(_) | Event::DestroyNotify(_) => false,
                _ => true,
            };
            if !going {
                return;
            }
        }
    }

    fn hand_over(&self, screen: &RustConnection, request: &SelectionRequestEvent) -> Result<()> {
        let (to, place) = (request.requestor, request.property);
        let mut answer = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: to,
            selection: request.selection,
            target: request.target,
            property: place,
        };
        if request.target == self.targets {
            let kinds = [self.targets, self.kind];
            screen.change_property32(PropMode::REPLACE, to, place, AtomEnum::ATOM, &kinds)?;
        } else if request.target == self.kind {
            screen.change_property8(PropMode::REPLACE, to, place, self.kind, &self.bytes)?;
        } else {
            answer.property = x11rb::NONE;
        }
        screen.send_event(false, to, EventMask::NO_EVENT, answer)?;
        Ok(screen.flush()?)
    }
}

fn atom(screen: &RustConnection, name: &str) -> Result<Atom> {
    Ok(screen.intern_atom(false, name.as_bytes())?.reply()?.atom)
}
