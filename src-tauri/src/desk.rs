//! The authenticator of this window, opened in the background, and what keeps the page up to date.

use std::{
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use countersign_core::{AppIdentity, Authenticator, Config, Event, Polling, Profile};
use countersign_keychain::{KeyLocation, KeychainThread, PresencePrompt, os_presence};
use countersign_protocol::{clock::SystemClock, sid::ChallengeSid};
use secrecy::SecretString;
use tauri::{AppHandle, Manager};
use tauri_specta::Event as _;
use tokio::sync::{OnceCell, broadcast::error::RecvError};

use crate::{
    attention::{self, Attention},
    chosen,
    command_error::{CommandError, ErrorCode},
    doorbell,
    events::Changed,
    keychain::{self, KeychainChoice, KeychainWatch},
    lock,
    presence::Lockable,
    views::{AppState, Snapshot},
    window, words,
};

/// How often the page is told to look while another process polls: nobody tells us what that one finds.
const ELSEWHERE: Duration = Duration::from_secs(5);

/// How long quitting may wait for what is under way.
pub(crate) const QUIT_LIMIT: Duration = Duration::from_secs(2);

/// The authenticator as the commands reach it. Opening it needs the disk, and may need seconds; the window is there
/// before. What cannot be opened is tried again with the next command, so that mending it is enough.
#[derive(Clone)]
pub(crate) struct Desk(Arc<Inner>);

struct Inner {
    app: AppHandle,
    profile: Profile,
    keychain: KeychainChoice,
    /// What the person typed for the vault, for no longer than it takes to open it.
    typed: Mutex<Option<SecretString>>,
    open: OnceCell<OpenDesk>,
    /// Whether requests were expected before there was anybody to tell.
    expected: AtomicBool,
    /// Whether the program is about to end, and the store with it.
    ending: AtomicBool,
}

/// The authenticator, open.
pub(crate) struct OpenDesk {
    pub(crate) authenticator: Authenticator,
    profile: Profile,
    choice: KeychainChoice,
    keychain: KeychainThread,
    keychain_watch: KeychainWatch,
    polling: Arc<Mutex<Option<Polling>>>,
    pub(crate) lockable: Lockable,
}

impl Desk {
    /// A desk that is not open yet.
    pub(crate) fn new(app: AppHandle, profile: Profile, keychain: KeychainChoice) -> Self {
        Self(Arc::new(Inner {
            app,
            profile,
            keychain,
            typed: Mutex::default(),
            open: OnceCell::new(),
            expected: AtomicBool::new(false),
            ending: AtomicBool::new(false),
        }))
    }

    /// The open desk; the first caller opens it, and others wait.
    ///
    /// # Errors
    /// If the profile or the vault cannot be opened.
    pub(crate) async fn open(&self) -> Result<&OpenDesk, CommandError> {
        let Inner {
            app,
            profile,
            keychain,
            typed,
            open,
            expected,
            ..
        } = &*self.0;
        open.get_or_try_init(async || {
            let typed = hold(typed).clone();
            let desk = OpenDesk::open(profile, *keychain, typed).await?;
            words::speak_as_chosen(app, &desk.authenticator).await;
            desk.follow(app.clone()).await?;
            self.attend_to_lock();
            // The window came to the front, or a link was opened, before there was anybody to tell; nobody waits
            // where the system started the program in the tray.
            if expected.load(Ordering::Relaxed) {
                desk.authenticator.expect_requests();
            }
            Ok(desk)
        })
        .await
    }

    /// Opens the vault with what the person typed, and makes it if there is none. From then on it is where keys are
    /// made, after the next start too.
    ///
    /// # Errors
    /// If it does not open, or cannot be made, or if this run was told where the keys are.
    pub(crate) async fn open_vault(&self, typed: SecretString) -> Result<(), CommandError> {
        self.must_remember()?;
        if let Some(open) = self.0.open.get() {
            return open.choose_vault(typed).await;
        }
        *hold(&self.0.typed) = Some(typed);
        let opened = self.open().await;
        hold(&self.0.typed).take();
        opened?.try_keychain().await;
        Ok(())
    }

    /// Goes on with the system's keychain where the vault that was chosen could not be opened. The vault's file stays,
    /// and opens again with its passphrase.
    ///
    /// # Errors
    /// If the profile is open, or does not open this way either.
    pub(crate) async fn use_system_keychain(&self) -> Result<(), CommandError> {
        self.must_remember()?;
        if self.is_open() {
            return Err(CommandError::not_ours("another keychain though this one is open"));
        }
        keychain::leave_vault(&self.0.profile)?;
        self.open().await?.try_keychain().await;
        Ok(())
    }

    /// What is chosen in the window must be what the next start goes by.
    fn must_remember(&self) -> Result<(), CommandError> {
        if self.0.keychain == KeychainChoice::Remembered {
            return Ok(());
        }
        Err(CommandError::not_ours(
            "COUNTERSIGN_KEYCHAIN says where the keys are",
        ))
    }

    /// Shows the window, also where it is to start hidden: until the passphrase is typed nothing arrives, and nobody
    /// would know. On the main thread, which is done with the window of the start before it comes to this.
    fn ask_for_passphrase(&self) {
        let app = self.0.app.clone();
        let shown = self.0.app.run_on_main_thread(move || window::show(&app));
        if let Err(error) = shown {
            tracing::warn!(%error, "nobody was asked for the passphrase");
        }
    }

    fn attend_to_lock(&self) {
        let desk = self.clone();
        tauri::async_runtime::spawn(async move {
            if let Ok(open) = desk.open().await {
                lock::attend(&desk.0.app, open).await;
            }
        });
    }

    /// Opens the desk and finds out whether the keychain works, without anybody waiting.
    pub(crate) fn open_in_background(&self) {
        let desk = self.clone();
        tauri::async_runtime::spawn(async move {
            match desk.open().await {
                Ok(open) => open.try_keychain().await,
                Err(error) => {
                    tracing::error!(?error, "the profile could not be opened");
                    desk.0.app.state::<Attention>().give_up();
                    if matches!(error.code, ErrorCode::PassphraseNeeded | ErrorCode::VaultMissing) {
                        desk.ask_for_passphrase();
                    }
                }
            }
        });
    }

    /// Has the servers asked often for a while: somebody looks at the window, and may wait for a request.
    pub(crate) fn expect_requests(&self) {
        self.0.expected.store(true, Ordering::Relaxed);
        if let Some(open) = self.0.open.get() {
            open.authenticator.expect_requests();
        }
    }

    /// Has the servers asked at once, whatever connections there were.
    pub(crate) fn reconnect(&self) {
        if let Some(open) = self.0.open.get() {
            open.authenticator.reconnect();
        }
    }

    /// Ends the polling and folds the store's log into its file. What was answered is on disk already, so nothing is
    /// lost if a hanging keychain or server uses up the time that there is.
    pub(crate) async fn close(&self) {
        self.0.ending.store(true, Ordering::Relaxed);
        let Some(open) = self.0.open.get() else { return };
        let polling = hold(&open.polling).take();
        if let Some(polling) = polling {
            polling.stop().await;
        }
        open.authenticator.clone().close().await;
    }

    /// Whether the program is about to end: then nothing is read any more, because the store is closing.
    pub(crate) fn is_ending(&self) -> bool {
        self.0.ending.load(Ordering::Relaxed)
    }

    /// Whether it is open already.
    pub(crate) fn is_open(&self) -> bool {
        self.0.open.get().is_some()
    }

    /// The profile's directory.
    pub(crate) fn home(&self) -> &Path {
        self.0.profile.home()
    }
}

impl OpenDesk {
    async fn open(
        profile: &Profile,
        choice: KeychainChoice,
        typed: Option<SecretString>,
    ) -> Result<Self, CommandError> {
        let keychain_watch = KeychainWatch::default();
        let (of_keychain, watch) = (profile.clone(), keychain_watch.clone());
        let opening = move || choice.open(&of_keychain, typed.as_ref(), &watch);
        let keychain = KeychainThread::start(on_a_thread(opening).await?, KeychainThread::USUAL_LIMIT);
        let config = Config {
            home: profile.home().to_owned(),
            keychain: keychain.clone(),
            presence: PresencePrompt::new(os_presence(), PresencePrompt::USUAL_LIMIT),
            clock: Arc::new(SystemClock),
            http: None,
            app: AppIdentity {
                name: "Countersign".to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
            },
        };
        let authenticator = Authenticator::open(config).await?;
        Ok(Self {
            authenticator,
            profile: profile.clone(),
            choice,
            keychain,
            keychain_watch,
            polling: Arc::default(),
            lockable: Lockable::default(),
        })
    }

    /// Has a vault serve from now on: one that is there already, or a new one in the place of a keychain that cannot be
    /// used. For anything else the page takes no passphrase.
    async fn choose_vault(&self, typed: SecretString) -> Result<(), CommandError> {
        let passphrase = self.choice.passphrase_use(&self.profile);
        if !passphrase.is_welcome(self.keychain_watch.state()) {
            return Err(CommandError::not_ours("a passphrase that is of no use"));
        }
        let (of_keychain, watch) = (self.profile.clone(), self.keychain_watch.clone());
        let choosing = move || keychain::choose_vault(&of_keychain, &typed, &watch);
        self.keychain.replace(on_a_thread(choosing).await?);
        self.try_keychain().await;
        self.authenticator.reconnect();
        Ok(())
    }

    /// Everything that the window shows.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub(crate) async fn snapshot(&self) -> Result<Snapshot, CommandError> {
        let polling = self.poll();
        let factors = self.authenticator.factors().await?;
        let inbox = self.authenticator.inbox().await?;
        let mutes = self.authenticator.mutes().await?;
        Ok(Snapshot {
            polling,
            lockable: self.lockable.last_found(),
            keychain_away: self.keychain_watch.state_beside() != AppState::Ready,
            passphrase: self.choice.passphrase_use(&self.profile),
            ..Snapshot::new(self.keychain_watch.state(), &factors, &inbox, &mutes)
        })
    }

    /// Whether the keychain works, found out now.
    pub(crate) async fn keychain_state(&self) -> AppState {
        self.try_keychain().await;
        self.keychain_watch.state()
    }

    /// Where new keys are made.
    pub(crate) fn key_location(&self) -> KeyLocation {
        self.keychain.location()
    }

    /// Asks all servers. A keychain that did not work is tried first: a person who unlocked it says so with this.
    pub(crate) async fn check_now(&self) {
        if self.keychain_watch.state() != AppState::Ready {
            self.try_keychain().await;
        }
        self.keychain_watch.forget_beside();
        // What went wrong with a factor stands in its connection.
        drop(self.authenticator.check_now().await);
    }

    /// Who asked with this request, for the sentence about its outcome.
    pub(crate) async fn issuer_of(&self, sid: &ChallengeSid) -> Option<String> {
        self.authenticator.request(sid).await.ok()?.issuer
    }

    /// Finds out whether the keychain works; a locked one asks to be unlocked. The watch remembers the outcome.
    async fn try_keychain(&self) {
        if let Err(error) = self.keychain.try_out().await {
            tracing::info!(%error, "the keychain is not usable");
        }
    }

    /// Polls, unless another process of this profile does; then that one is as good. Asked again with every
    /// snapshot, so that this process takes over when the other one ends.
    fn poll(&self) -> bool {
        let mut polling = hold(&self.polling);
        if polling.is_none() {
            match self.authenticator.poll() {
                Ok(started) => *polling = Some(started),
                Err(error) => tracing::debug!(%error, "this process does not poll"),
            }
        }
        polling.is_some()
    }

    /// Tells the page of every change, and the person of every request.
    async fn follow(&self, app: AppHandle) -> Result<(), CommandError> {
        let known = self.authenticator.inbox().await?.requests;
        let known = known.into_iter().filter(|request| request.announced);
        let known = known.map(|request| request.sid).collect();
        let mut events = self.authenticator.subscribe();
        let watch = self.keychain_watch.clone();
        let polling = Arc::clone(&self.polling);
        let mut elsewhere = tokio::time::interval(ELSEWHERE);
        let authenticator = self.authenticator.clone();
        tauri::async_runtime::spawn(doorbell::attend(app.clone(), authenticator.clone(), known));
        tauri::async_runtime::spawn(attention::attend(
            app.clone(),
            authenticator.clone(),
            watch.clone(),
        ));
        tauri::async_runtime::spawn(chosen::attend(app.clone(), self.authenticator.clone()));
        tauri::async_runtime::spawn(async move {
            loop {
                let reason = tokio::select! {
                    () = watch.changed() => "keychain",
                    _ = elsewhere.tick(), if hold(&polling).is_none() => "elsewhere",
                    event = events.recv() => match event {
                        Ok(event) => reason(&event),
                        // What was missed does not matter: the page reads everything again.
                        Err(RecvError::Lagged(_)) => "lagged",
                        Err(RecvError::Closed) => return,
                    },
                };
                if app.state::<Desk>().is_ending() {
                    return;
                }
                // Before the page is told, since it asks for the language then.
                if ["settings", "elsewhere", "lagged"].contains(&reason) {
                    words::speak_as_chosen(&app, &authenticator).await;
                }
                app.state::<Attention>().look_again();
                if let Err(error) = (Changed {
                    reason: reason.to_owned(),
                })
                .emit(&app)
                {
                    tracing::warn!(%error, "the page could not be told of a change");
                }
            }
        });
        self.poll();
        Ok(())
    }
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A vault takes a good part of a second to open, and must not hold up the others.
async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, CommandError> + Send + 'static,
) -> Result<T, CommandError> {
    tauri::async_runtime::spawn_blocking(work)
        .await
        .map_err(|_| CommandError::not_ours("opening the keychain"))?
}

fn reason(event: &Event) -> &'static str {
    match event {
        Event::FactorsChanged => "factors",
        Event::RequestArrived { .. } => "requestArrived",
        Event::RequestChanged { .. } => "requestChanged",
        Event::RequestSettled { .. } => "requestSettled",
        Event::ConnectionChanged { .. } => "connection",
        Event::Checked => "checked",
        Event::ChangedElsewhere => "elsewhere",
        Event::SettingsChanged => "settings",
        Event::MutesChanged => "mutes",
        Event::PollingChanged => "polling",
    }
}
