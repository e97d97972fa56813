const token = process.env.COUNTERSIGN_AUTH_TOKEN;
const answer = await fetch("{service_url}/AccessTokens", {
  method: "POST",
  headers: { Authorization: "Basic " + btoa("{account}:" + token) },
  body: new URLSearchParams({ Identity: "{identity}", FactorType: "push" }),
});
const made = await answer.json();
if (!answer.ok) throw new Error(made.message);
console.log(made.token);
