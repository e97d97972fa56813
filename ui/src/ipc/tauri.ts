import { invoke } from "@tauri-apps/api/core";
import { commands, events } from "./bindings";
import type { CommandError } from "./bindings";
import { HostError, type Host } from "./host";

type Answer<T> =
  { status: "ok"; data: T } | { status: "error"; error: CommandError };

async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (cause) {
    // A call that breaks rather than fails is explained too.
    throw HostError.from(cause);
  }
  if (answer.status === "error") throw new HostError(answer.error);
  return answer.data;
}

/** Bytes cross as they are, which the generated calls do not know of. */
async function read(command: string, bytes: Uint8Array): Promise<string[]> {
  try {
    return await invoke<string[]>(command, bytes);
  } catch (cause) {
    if (typeof cause === "string") throw HostError.from(cause);
    throw new HostError(cause as CommandError);
  }
}

/** A frame is its width and height, four bytes each, and then its brightness. */
function frame(width: number, height: number, luma: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + luma.length);
  const numbers = new DataView(bytes.buffer);
  numbers.setUint32(0, width, true);
  numbers.setUint32(4, height, true);
  bytes.set(luma, 8);
  return bytes;
}

const pendingLink = () => unwrap(commands.pendingLink());
const pendingRequest = () => unwrap(commands.pendingRequest());

/** The program that this window belongs to. */
export const tauriHost: Host = {
  snapshot: () => unwrap(commands.snapshot()),
  language: () => unwrap(commands.language()),
  previewLink: (text) => unwrap(commands.previewLink(text)),
  readPicture: async (picture) =>
    read("read_qr_image", new Uint8Array(await picture.arrayBuffer())),
  readDropped: () => unwrap(commands.readQrDropped()),
  readFrame: (width, height, luma) =>
    read("read_qr_luma", frame(width, height, luma)),
  readClipboard: () => unwrap(commands.readQrClipboard()),
  readScreen: () => unwrap(commands.readQrScreen()),
  useCamera: async (open) => {
    await unwrap(commands.useCamera(open));
  },
  enrol: (text) => unwrap(commands.enrol(text)),
  showRequest: (sid) => unwrap(commands.showRequest(sid)),
  approve: (sid, digest, number, pin) =>
    unwrap(commands.approve(sid, digest, number, pin)),
  deny: (sid, digest) => unwrap(commands.deny(sid, digest)),
  reportNotMe: (sid, digest, note) =>
    unwrap(commands.reportNotMe(sid, digest, note)),
  checkNow: () => unwrap(commands.checkNow()),
  removeFactor: (sid) => unwrap(commands.removeFactor(sid)),
  history: () => unwrap(commands.history()),
  changePolicy: (sid, policy, pin) =>
    unwrap(commands.changePolicy(sid, policy, pin)),
  pinState: () => unwrap(commands.pinState()),
  setPin: (pin, old) => unwrap(commands.setPin(pin, old)),
  removePin: (old) => unwrap(commands.removePin(old)),
  verifyPresence: async (purpose, pin) => {
    await unwrap(commands.verifyPresence(purpose, pin));
  },
  settings: () => unwrap(commands.settings()),
  changeSettings: async (settings) => {
    await unwrap(commands.changeSettings(settings));
  },
  mute: (factor, minutes) => unwrap(commands.mute(factor, minutes)),
  unmute: async (factor) => {
    await unwrap(commands.unmute(factor));
  },
  testNotification: () => unwrap(commands.testNotification()),
  trayMissing: () => unwrap(commands.trayMissing()),
  noteTrayMissing: async () => {
    await unwrap(commands.noteTrayMissing());
  },
  autostart: () => unwrap(commands.autostart()),
  setAutostart: async (on) => {
    await unwrap(commands.setAutostart(on));
  },
  lock: async () => {
    await unwrap(commands.lock());
  },
  unlock: async (pin) => {
    await unwrap(commands.unlock(pin));
  },
  stillHere: async () => {
    await unwrap(commands.stillHere());
  },
  openVault: async (passphrase) => {
    await unwrap(commands.openVault(passphrase));
  },
  useSystemKeychain: async () => {
    await unwrap(commands.useSystemKeychain());
  },
  quit: async () => {
    await unwrap(commands.quit());
  },
  health: () => unwrap(commands.health()),
  pendingLink,
  pendingRequest,
  onChanged: (listener) =>
    events.changed.listen(() => {
      listener();
    }),
  // The event says that there is a link, and the command hands it out once: a link that
  // came before this page listened is neither lost nor shown twice.
  onLink: (listener) =>
    events.linkOpened.listen(() => {
      void pendingLink().then((text) => {
        if (text !== null) listener(text);
      });
    }),
  onDragging: (listener) =>
    events.fileDragged.listen(({ payload }) => {
      listener(payload.dragging);
    }),
  // A locked program hands out none, and keeps it until it is asked again.
  onRequest: (listener) =>
    events.requestOpened.listen(() => {
      pendingRequest().then(
        (sid) => {
          if (sid !== null) listener(sid);
        },
        () => undefined,
      );
    }),
  elapsed: () => performance.now(),
  now: () => Date.now(),
};
