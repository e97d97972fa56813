import base64, json, os, urllib.parse, urllib.request

login = "{account}:" + os.environ["COUNTERSIGN_AUTH_TOKEN"]
request = urllib.request.Request(
    "{service_url}/AccessTokens",
    data=urllib.parse.urlencode({"Identity": "{identity}", "FactorType": "push"}).encode(),
    headers={"Authorization": "Basic " + base64.b64encode(login.encode()).decode()},
)
with urllib.request.urlopen(request) as answer:
    print(json.load(answer)["token"])
