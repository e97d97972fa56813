import { tauriHost } from "./ipc/tauri";
import { start } from "./start";

start(tauriHost);
