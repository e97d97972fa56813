"""A program as its authors wrote it for the cloud service: nothing in it knows of our server. It is led there by the
proxy and the certificate in its environment."""

from twilio.rest import Client

services = Client().verify.v2.services
service = services.create(friendly_name="Acme")
assert service.url == f"https://verify.twilio.com/v2/Services/{service.sid}", service.url
for identity in ("ada-lovelace", "grace-hopper", "mary-jackson"):
    services(service.sid).entities.create(identity=identity)
entities = services(service.sid).entities.list(page_size=2)
assert len(entities) == 3, entities
services(service.sid).delete()
