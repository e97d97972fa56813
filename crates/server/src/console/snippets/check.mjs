// CHALLENGE is the SID that creating a challenge printed.
const { COUNTERSIGN_AUTH_TOKEN: token, CHALLENGE: sid } = process.env;
const answer = await fetch("{service_url}/Entities/{identity}/Challenges/" + sid, {
  headers: { Authorization: "Basic " + btoa("{account}:" + token) },
});
const challenge = await answer.json();
if (!answer.ok) throw new Error(challenge.message);
console.log(challenge.status);
