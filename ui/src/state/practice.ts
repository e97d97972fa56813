import type { RequestView } from "../ipc/bindings";
import { t } from "../text/messages";

/** As long as a hurried site gives somebody to answer. */
const SECONDS = 120;

/**
 * A request that nobody made. Its SIDs are empty and its address is one that cannot
 * exist (RFC 2606), so that nothing could be asked or answered with it.
 */
export function practiceRequest(now: number): RequestView {
  const field = (label: string, value: string) => ({
    label,
    value,
    signed: true,
  });
  const at = (seconds: number) => new Date(now + seconds * 1000).toISOString();
  return {
    sid: "",
    factorSid: "",
    serviceSid: "",
    accountSid: "",
    identity: "",
    account: null,
    issuer: t("practice-requester"),
    serverHost: "shop.invalid",
    message: t("practice-message"),
    fields: [
      field(t("practice-place"), t("practice-place-value")),
      field(t("practice-device"), t("practice-device-value")),
    ],
    date: null,
    createdAt: at(0),
    expiresAt: at(SECONDS),
    secondsLeft: SECONDS,
    status: "pending",
    digest: "",
    detailsSigned: true,
    number: null,
    unusual: null,
    needsPresence: false,
    onThisComputer: false,
    twins: 0,
    signatureFields: [],
  };
}
