# CHALLENGE is the SID that creating a challenge printed.
import base64, json, os, urllib.request

login = "{account}:" + os.environ["COUNTERSIGN_AUTH_TOKEN"]
request = urllib.request.Request(
    "{service_url}/Entities/{identity}/Challenges/" + os.environ["CHALLENGE"],
    headers={"Authorization": "Basic " + base64.b64encode(login.encode()).decode()},
)
with urllib.request.urlopen(request) as answer:
    print(json.load(answer)["status"])
