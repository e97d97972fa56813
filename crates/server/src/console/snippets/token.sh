curl --fail-with-body --silent --show-error "{service_url}/AccessTokens" \
  --user "{account}:$COUNTERSIGN_AUTH_TOKEN" \
  --data-urlencode "Identity={identity}" \
  --data-urlencode "FactorType=push"
