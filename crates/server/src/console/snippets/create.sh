curl --fail-with-body --silent --show-error "{service_url}/Entities/{identity}/Challenges" \
  --user "{account}:$COUNTERSIGN_AUTH_TOKEN" \
  --data-urlencode "FactorSid={factor}" \
  --data-urlencode "Details.Message=Sign in?" \
  --data-urlencode 'Details.Fields={"label":"Browser","value":"Firefox on Linux"}'
