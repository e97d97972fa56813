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

const pendingLink = () => unwrap(commands.pendingLink());
const pendingRequest = () => unwrap(commands.pendingRequest());

/** The program that this window belongs to. */
export const tauriHost: Host = {
  snapshot: () => unwrap(commands.snapshot()),
  language: () => unwrap(commands.language()),
  previewLink: (text) => unwrap(commands.previewLink(text)),
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
