/* The boundary between the window's page and the program: every command, every
 * event and every type that crosses it. Written in the shape that tauri-specta
 * exports. */

import { invoke as __TAURI_INVOKE } from "@tauri-apps/api/core";
import * as __TAURI_EVENT from "@tauri-apps/api/event";

/** Commands */
export const commands = {
	snapshot: () => typedError<Snapshot, CommandError>(__TAURI_INVOKE("snapshot")),
	previewLink: (text: string) => typedError<EnrolmentPreview, CommandError>(__TAURI_INVOKE("preview_link", { text })),
	enrol: (text: string) => typedError<FactorView, CommandError>(__TAURI_INVOKE("enrol", { text })),
	showRequest: (sid: string) => typedError<RequestView, CommandError>(__TAURI_INVOKE("show_request", { sid })),
	approve: (sid: string, digest: string) => typedError<OutcomeView, CommandError>(__TAURI_INVOKE("approve", { sid, digest })),
	deny: (sid: string, digest: string) => typedError<OutcomeView, CommandError>(__TAURI_INVOKE("deny", { sid, digest })),
	checkNow: () => typedError<Snapshot, CommandError>(__TAURI_INVOKE("check_now")),
	removeFactor: (sid: string) => typedError<RemovalView, CommandError>(__TAURI_INVOKE("remove_factor", { sid })),
	pendingLink: () => typedError<string | null, CommandError>(__TAURI_INVOKE("pending_link")),
	history: () => typedError<HistoryEntryView[], CommandError>(__TAURI_INVOKE("history")),
};

/** Events */
export const events = {
	changed: makeEvent<Changed>("changed"),
	linkOpened: makeEvent<LinkOpened>("link-opened"),
};

/* Types */
export type Changed = { reason: string };

export type CommandError = { code: ErrorCode; message: string; advice: string; detail: string | null };

export type Connection =
	| { kind: "online" }
	| { kind: "offline"; since: string }
	| { kind: "clockSkewed"; seconds: number }
	| { kind: "signedOut" }
	| { kind: "neverChecked" };

export type EnrolmentPreview = {
	kind: "direct" | "ticket";
	host: string;
	hostIsPunycode: boolean;
	hostUnicode: string | null;
	isLoopback: boolean;
	cloud: boolean;
	issuer: string | null;
	account: string | null;
	identity: string | null;
	serviceSid: string | null;
	keyLocation: string;
};

export type ErrorCode =
	| "linkInvalid"
	| "linkUsedOrExpired"
	| "notFound"
	| "expired"
	| "alreadyAnswered"
	| "changedSinceShown"
	| "offline"
	| "clock"
	| "keychainMissing"
	| "keychainLocked"
	| "keychainRefused"
	| "keyLost"
	| "refused"
	| "factorRevoked"
	| "storage"
	| "internal";

export type FactorView = {
	sid: string;
	friendlyName: string;
	issuer: string | null;
	account: string | null;
	identity: string;
	serverHost: string;
	keyLocation: string;
	status: "verified" | "unverified";
	createdAt: string;
	connection: Connection;
	lastContact: string | null;
};

export type FieldView = { label: string; value: string; signed: boolean };

export type HistoryEntryView = {
	sid: string;
	issuer: string | null;
	account: string | null;
	serverHost: string;
	message: string;
	status: "approved" | "denied" | "expired";
	answeredHere: boolean;
	at: string;
};

export type LinkOpened = null;

export type OutcomeView = { sid: string; status: "approved" | "denied"; at: string; issuer: string | null };

export type RemovalView = { sid: string; serverTold: boolean };

export type RequestView = {
	sid: string;
	factorSid: string;
	issuer: string | null;
	account: string | null;
	identity: string;
	serverHost: string;
	message: string;
	fields: FieldView[];
	date: string | null;
	createdAt: string;
	expiresAt: string;
	secondsLeft: number;
	status: "pending" | "approved" | "denied" | "expired";
	digest: string;
	detailsSigned: boolean;
	twins: number;
	serviceSid: string;
	accountSid: string;
	signatureFields: string[];
};

export type Snapshot = {
	state: "ready" | "keychainMissing" | "keychainLocked";
	serverNow: string;
	factors: FactorView[];
	requests: RequestView[];
	lastChecked: string | null;
	online: boolean;
	offlineSince: string | null;
	polling: boolean;
	clockSkewSeconds: number | null;
};

/* Tauri Specta runtime */
async function typedError<T, E>(result: Promise<T>): Promise<{ status: "ok"; data: T } | { status: "error"; error: E }> {
	try {
		return { status: "ok", data: await result };
	} catch (e) {
		if (e instanceof Error) throw e;
		return { status: "error", error: e as any };
	}
}

function makeEvent<T>(name: string) {
	return {
		listen: (cb: __TAURI_EVENT.EventCallback<T>) => __TAURI_EVENT.listen(name, cb),
		once: (cb: __TAURI_EVENT.EventCallback<T>) => __TAURI_EVENT.once(name, cb),
	};
}
