// A program as its authors wrote it for the cloud service: nothing in it knows of our server. It is led there by the
// proxy and the certificate in its environment.

import assert from "node:assert/strict";

const { default: twilio } = await import(process.env.COUNTERSIGN_LIBRARY);

const { services } = twilio().verify.v2;
const { sid, url } = await services.create({ friendlyName: "Acme" });
assert.equal(url, `https://verify.twilio.com/v2/Services/${sid}`);
for (const identity of ["ada-lovelace", "grace-hopper", "mary-jackson"])
    await services(sid).entities.create({ identity });
const entities = await services(sid).entities.list({ pageSize: 2 });
assert.equal(entities.length, 3);
await services(sid).remove();
