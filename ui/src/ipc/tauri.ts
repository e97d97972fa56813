import { commands, events } from "./bindings";
import type { CommandError } from "./bindings";
import { HostError, type Host } from "./host";

type Answer<T> =
  { status: "ok"; data: T } | { status: "error"; error: CommandError };

async function unwrap<T>(answer: Promise<Answer<T>>): Promise<T> {
  let settled: Answer<T>;
  try {
    settled = await answer;
  } catch (cause) {
    throw HostError.from(cause);
  }
  if (settled.status === "error") throw new HostError(settled.error);
  return settled.data;
}

/** The program that this window belongs to. */
export const tauriHost: Host = {
  snapshot: () => unwrap(commands.snapshot()),
  previewLink: (text) => unwrap(commands.previewLink(text)),
  enrol: (text) => unwrap(commands.enrol(text)),
  showRequest: (sid) => unwrap(commands.showRequest(sid)),
  approve: (sid, digest) => unwrap(commands.approve(sid, digest)),
  deny: (sid, digest) => unwrap(commands.deny(sid, digest)),
  checkNow: () => unwrap(commands.checkNow()),
  removeFactor: (sid) => unwrap(commands.removeFactor(sid)),
  history: () => unwrap(commands.history()),
  pendingLink: () => unwrap(commands.pendingLink()),
  onChanged: (listener) =>
    events.changed.listen(() => {
      listener();
    }),
  // The event says that there is a link, and the command hands it out once: a link that
  // came before this page listened is neither lost nor shown twice.
  onLink: (listener) =>
    events.linkOpened.listen(() => {
      void unwrap(commands.pendingLink()).then((text) => {
        if (text !== null) listener(text);
      });
    }),
  elapsed: () => performance.now(),
};
