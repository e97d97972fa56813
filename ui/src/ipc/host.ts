import type {
  CommandError,
  Dragging,
  EnrolmentPreview,
  FactorView,
  Health,
  HistoryEntryView,
  MuteView,
  OutcomeView,
  PinView,
  PolicyView,
  PurposeView,
  RemovalView,
  ReportView,
  RequestView,
  SettingsView,
  Snapshot,
} from "./bindings";

/**
 * Everything the screens may ask of the program around them.
 *
 * Each promise rejects with a {@link HostError} and nothing else. The page holds
 * no key, no token and no signature: it sends an intent and the digest of what it
 * showed.
 */
export interface Host {
  snapshot(): Promise<Snapshot>;
  /** The tag of the language that the program speaks: the chosen one, or the system's. */
  language(): Promise<string>;
  previewLink(text: string): Promise<EnrolmentPreview>;
  /**
   * The links of the QR codes in a picture file, at least one. They are untrusted text,
   * to be put where a pasted link goes. Without one the error says what there is.
   */
  readPicture(picture: Blob): Promise<string[]>;
  /**
   * The same for the file that was dropped on the window last, where `onDragging` told
   * of it; none if it was read already.
   */
  readDropped(): Promise<string[]>;
  /** The same for a frame of a camera, one byte of brightness a point. */
  readFrame(width: number, height: number, luma: Uint8Array): Promise<string[]>;
  /** The same for the picture on the clipboard, or the text there. */
  readClipboard(): Promise<string[]>;
  /** The same for a part of the screen; none if the person thought better of it. */
  readScreen(): Promise<string[]>;
  /** The page with the camera is open, or no longer is: it may use one only meanwhile. */
  useCamera(open: boolean): Promise<void>;
  enrol(text: string): Promise<FactorView>;
  /** Fetches a request anew and pins it as the one that is on the screen. */
  showRequest(sid: string): Promise<RequestView>;
  /**
   * With the digits that the person typed, if the request asks for a number, and with
   * the app's PIN, once a first try without it was refused with `pinNeeded`.
   */
  approve(
    sid: string,
    digest: string,
    number: string | null,
    pin: string | null,
  ): Promise<OutcomeView>;
  deny(sid: string, digest: string): Promise<OutcomeView>;
  /**
   * Denies, unless that is done, and tells the issuer that it was somebody else; in the
   * person's own words too, if they have any.
   */
  reportNotMe(
    sid: string,
    digest: string,
    note: string | null,
  ): Promise<ReportView>;
  checkNow(): Promise<Snapshot>;
  removeFactor(sid: string): Promise<RemovalView>;
  history(): Promise<HistoryEntryView[]>;
  /** What lets more through than before needs the person who may: the PIN, on `pinNeeded`. */
  changePolicy(
    sid: string,
    policy: PolicyView,
    pin: string | null,
  ): Promise<FactorView>;
  pinState(): Promise<PinView>;
  setPin(pin: string, old: string | null): Promise<PinView>;
  removePin(old: string): Promise<PinView>;
  /** Has the person show that it is them; it approves nothing. */
  verifyPresence(purpose: PurposeView, pin: string | null): Promise<void>;
  settings(): Promise<SettingsView>;
  /** Keeps other settings, all or none. */
  changeSettings(settings: SettingsView): Promise<void>;
  /** No notifications of one factor, or with null of all, for so many minutes. */
  mute(factor: string | null, minutes: number): Promise<MuteView>;
  unmute(factor: string | null): Promise<void>;
  /**
   * Shows a notification that asks for nothing. Whether the desktop took it; whether it
   * was seen only the person knows.
   */
  testNotification(): Promise<boolean>;
  /** Whether to say that closing ends the program, because this desktop has no tray. */
  trayMissing(): Promise<boolean>;
  /** The person knows it, and it is not said again. */
  noteTrayMissing(): Promise<void>;
  /** Whether the program starts with the system; null if that cannot be found out. */
  autostart(): Promise<boolean | null>;
  setAutostart(on: boolean): Promise<void>;
  /** While it is locked, all but `snapshot`, `checkNow`, `language`, `unlock` and `quit` fail. */
  lock(): Promise<void>;
  /** The PIN is for where the system itself cannot ask who is there. */
  unlock(pin: string | null): Promise<void>;
  /** There was input: it does not lock yet. To be called a few times a minute at most. */
  stillHere(): Promise<void>;
  health(): Promise<Health>;
  /**
   * Opens the file of keys that the passphrase is for, or makes it: new keys are made in
   * it from then on. The system's keychain keeps those that it has.
   */
  openVault(passphrase: string): Promise<void>;
  /**
   * Goes on with the system's keychain where that file could not be opened. It stays as
   * it is, and `openVault` opens it again.
   */
  useSystemKeychain(): Promise<void>;
  /** Ends the program. */
  quit(): Promise<void>;
  /**
   * The `countersign://` link that this window was opened with, once: it is null from
   * the second time on. It is untrusted text, to be put where a pasted link goes.
   */
  pendingLink(): Promise<string | null>;
  /**
   * The request that was chosen outside this window, in the tray or in a notification,
   * once. It may be over by now.
   */
  pendingRequest(): Promise<string | null>;
  /** Calls `listener` whenever `snapshot` may have something new to say. */
  onChanged(listener: () => void): Promise<() => void>;
  /** Calls `listener` with each link that is opened while the window is there. */
  onLink(listener: (text: string) => void): Promise<() => void>;
  /** Calls `listener` with each request that is chosen outside this window. */
  onRequest(listener: (sid: string) => void): Promise<() => void>;
  /** Tells of files that are dragged over a page whose web view does not. */
  onDragging(listener: (dragging: Dragging) => void): Promise<() => void>;
  /** Milliseconds since some fixed moment. It never runs backwards. */
  elapsed(): number;
  /** This computer's time of day, in milliseconds since 1970. */
  now(): number;
}

/** A failure that the program explained. */
export class HostError extends Error {
  constructor(readonly report: CommandError) {
    super(report.detail ?? report.code);
    this.name = "HostError";
  }

  /** What a broken pipe throws is not a report; it becomes one here. */
  static from(cause: unknown): HostError {
    if (cause instanceof HostError) return cause;
    return new HostError({
      code: "internal",
      triesLeft: null,
      waitSeconds: null,
      detail: cause instanceof Error ? cause.message : String(cause),
    });
  }
}
