import type {
  EnrolmentPreview,
  Health,
  HistoryEntryView,
  RequestView,
  SettingsView,
  Snapshot,
  Told,
} from "../bindings";
import type { HostError } from "../host";

/** What a fake program says, and how its answers turn out. */
export interface Scenario {
  snapshot: Snapshot;
  history?: HistoryEntryView[];
  settings?: Partial<SettingsView>;
  health?: Health;
  preview?: EnrolmentPreview;
  /** What certain links lead to, where there are several. */
  previews?: Record<string, EnrolmentPreview>;
  /** What the QR codes say in whichever picture is read. */
  links?: string[];
  /** The fresh copy that `showRequest` brings, call by call; the last one stays. */
  fresh?: RequestView[];
  /** The commands that fail, and with what. */
  fails?: Partial<
    Record<
      | "snapshot"
      | "previewLink"
      | "readPicture"
      | "readDropped"
      | "readFrame"
      | "readClipboard"
      | "readScreen"
      | "useCamera"
      | "enrol"
      | "showRequest"
      | "approve"
      | "deny"
      | "reportNotMe"
      | "checkNow"
      | "removeFactor"
      | "pendingLink"
      | "history"
      | "changePolicy"
      | "pinState"
      | "setPin"
      | "removePin"
      | "verifyPresence"
      | "settings"
      | "changeSettings"
      | "mute"
      | "unmute"
      | "testNotification"
      | "trayMissing"
      | "noteTrayMissing"
      | "autostart"
      | "setAutostart"
      | "lock"
      | "unlock"
      | "stillHere"
      | "health"
      | "openVault"
      | "useSystemKeychain"
      | "quit"
      | "pendingRequest",
      HostError
    >
  >;
  /** What becomes of a report, call by call; the last one stays. */
  told?: Told[];
  /** False when removing a factor cannot reach its server. */
  serverTold?: boolean;
  /** The link that the window was opened with. */
  openedWith?: string | null;
  /** The passphrase of the vault, if the program waits for it. */
  passphrase?: string | undefined;
  /** The app's PIN, if there is one. */
  pin?: string;
  /** Whether the system asks who is there, and finds that it is the right person. */
  systemAsks?: boolean;
  /** The request that was chosen outside the window before it was there. */
  openedAt?: string | null;
  /** False where the desktop takes no notification. */
  takesNotifications?: boolean;
  /** Whether the desktop has no tray, and nobody said that they know. */
  trayMissing?: boolean;
  /** Commands that never answer, to look at the waiting. */
  hangs?: string[];
}
