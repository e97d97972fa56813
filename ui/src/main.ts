import { tauriHost } from "./ipc/tauri";
import { start } from "./start";

void start(tauriHost);
