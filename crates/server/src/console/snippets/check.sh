# CHALLENGE is the SID that creating a challenge printed.
curl --fail-with-body --silent --show-error "{service_url}/Entities/{identity}/Challenges/$CHALLENGE" \
  --user "{account}:$COUNTERSIGN_AUTH_TOKEN"
