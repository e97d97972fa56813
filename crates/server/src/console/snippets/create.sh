curl --silent --show-error --fail-with-body --config - \
  --data-urlencode "FactorSid={factor}" \
  --data-urlencode "Details.Message=Sign in?" \
  --data-urlencode 'Details.Fields={"label":"Browser","value":"Firefox on Linux"}' \
  "{service_url}/Entities/{identity}/Challenges" <<LOGIN
user = "{account}:$COUNTERSIGN_AUTH_TOKEN"
LOGIN
