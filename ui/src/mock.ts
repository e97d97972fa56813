import { fakeHostFromAddress } from "./ipc/fake";
import { start } from "./start";

start(fakeHostFromAddress(new URL(location.href)));
