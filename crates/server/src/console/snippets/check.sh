# CHALLENGE is the SID that creating a challenge printed.
curl --silent --show-error --fail-with-body \
  --user "{account}:$COUNTERSIGN_AUTH_TOKEN" \
  "{service_url}/Entities/{identity}/Challenges/$CHALLENGE"
