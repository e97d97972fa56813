curl --silent --show-error --fail-with-body --config - \
  --data-urlencode "Identity={identity}" \
  --data-urlencode "FactorType=push" \
  "{service_url}/AccessTokens" <<LOGIN
user = "{account}:$COUNTERSIGN_AUTH_TOKEN"
LOGIN
