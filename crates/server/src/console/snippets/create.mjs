const token = process.env.COUNTERSIGN_AUTH_TOKEN;
const answer = await fetch("{service_url}/Entities/{identity}/Challenges", {
  method: "POST",
  headers: { Authorization: "Basic " + btoa("{account}:" + token) },
  body: new URLSearchParams([
    ["FactorSid", "{factor}"],
    ["Details.Message", "Sign in?"],
    ["Details.Fields", JSON.stringify({ label: "Browser", value: "Firefox on Linux" })],
  ]),
});
const challenge = await answer.json();
if (!answer.ok) throw new Error(challenge.message);
console.log(challenge.sid);
