import base64, json, os, urllib.parse, urllib.request

login = "{account}:" + os.environ["COUNTERSIGN_AUTH_TOKEN"]
field = json.dumps({"label": "Browser", "value": "Firefox on Linux"})
request = urllib.request.Request(
    "{service_url}/Entities/{identity}/Challenges",
    data=urllib.parse.urlencode(
        [("FactorSid", "{factor}"), ("Details.Message", "Sign in?"), ("Details.Fields", field)]
    ).encode(),
    headers={"Authorization": "Basic " + base64.b64encode(login.encode()).decode()},
)
with urllib.request.urlopen(request) as answer:
    print(json.load(answer)["sid"])
