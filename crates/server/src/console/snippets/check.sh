# CHALLENGE is the SID that creating a challenge printed.
curl --silent --show-error --fail-with-body --config - \
  "{service_url}/Entities/{identity}/Challenges/$CHALLENGE" <<LOGIN
user = "{account}:$COUNTERSIGN_AUTH_TOKEN"
LOGIN
