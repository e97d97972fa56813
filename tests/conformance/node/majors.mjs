// Where the majors of the library differ, as far as anything here depends on it. Every major has every resource and
// every operation, so that no test is left out for any of them.

const majors = {
    "twilio-3": {},
    "twilio-4": {},
    "twilio-5": {
        // It reads the address with a parser that writes ' as %27, and then checks a signature over another address.
        refuses: (url) => url.includes("'"),
    },
    "twilio-6": {
        // Renamed, because the library's own objects have a version, too.
        webhookVersion: "versionParam",
    },
};

/** What this major calls things, and which right signatures it does not accept. */
export const major = {
    webhookVersion: "version",
    refuses: () => false,
    ...majors[process.env.COUNTERSIGN_LIBRARY],
};
