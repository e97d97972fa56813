curl --silent --show-error --fail-with-body \
  --user "{account}:$COUNTERSIGN_AUTH_TOKEN" \
  --data-urlencode "Identity={identity}" \
  --data-urlencode "FactorType=push" \
  "{service_url}/AccessTokens"
