import assert from "node:assert/strict";
import test from "node:test";

import { major } from "./majors.mjs";
import { twilio } from "./world.mjs";

// Signed by our own code: `{ authToken, forms: [{ url, params, signature }], bodies: [{ url, body, signature }] }`.
const signed = JSON.parse(process.env.COUNTERSIGN_WEBHOOKS);

test("the vendor's validator accepts the signature of every form", () => {
    assert.ok(signed.forms.length > 3);
    for (const { url, params, signature } of signed.forms) {
        assert.equal(
            twilio.validateRequest(signed.authToken, signature, url, params),
            !major.refuses(url),
            url,
        );
        assert.equal(
            twilio.validateRequest("another", signature, url, params),
            false,
        );
        assert.equal(
            twilio.validateRequest(signed.authToken, signature, url, {
                ...params,
                type: "x",
            }),
            false,
        );
        assert.equal(
            twilio.validateRequest(
                signed.authToken,
                signature,
                `${url}x`,
                params,
            ),
            false,
        );
    }
});

test("the vendor's validator accepts the signature of every JSON body", () => {
    assert.ok(signed.bodies.length > 1);
    for (const { url, body, signature } of signed.bodies) {
        assert.equal(
            twilio.validateRequestWithBody(
                signed.authToken,
                signature,
                url,
                body,
            ),
            !major.refuses(url),
            url,
        );
        assert.equal(
            twilio.validateRequestWithBody(
                signed.authToken,
                signature,
                url,
                `${body} `,
            ),
            false,
        );
    }
});

test("the vendor's middleware lets our webhooks through and nobody else's", () => {
    const { url, params, signature } = signed.forms[0];
    const pass = (header) => {
        // Major 4 checks nothing when its options do not ask for it.
        const middleware = twilio.webhook(signed.authToken, {
            validate: true,
            url,
        });
        let outcome = "nothing";
        const response = {
            type: () => response,
            status: (status) => ((outcome = status), response),
            send: () => response,
        };
        const request = {
            header: (name) => ({ "X-Twilio-Signature": header })[name],
            body: params,
            url: "/hook",
        };
        middleware(request, response, () => (outcome = "passed"));
        return outcome;
    };
    assert.equal(pass(signature), "passed");
    assert.equal(pass("bm9uc2Vuc2U="), 403);
    assert.equal(pass(undefined), 400);
});
