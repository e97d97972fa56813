import { fakeHostFromAddress } from "./ipc/fake";
import { start } from "./start";

void start(fakeHostFromAddress(new URL(location.href)));
