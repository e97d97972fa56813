from world import Topic, create_factor, create_service, make_identity, service, sids


class Entities(Topic):
    def test_an_entity_is_created_read_and_deleted_with_all_that_it_has(self):
        sid = create_service().sid
        identity = make_identity()
        created = service(sid).entities.create(identity=identity)
        self.assertRegex(created.sid, "^YE[0-9a-f]{32}$")
        self.assertEqual((created.identity, created.service_sid), (identity, sid))
        for link in ("factors", "new_factors", "challenges"):
            self.assertRegex(created.links[link], "^http")

        factor = create_factor(sid, identity)
        entity = service(sid).entities(identity)
        self.assertEqual(entity.fetch().sid, created.sid)
        self.assertIs(entity.delete(), True)
        self.assert_refused(404, None, entity.fetch)
        self.assert_refused(404, None, entity.factors(factor.sid).fetch)

    def test_an_entity_that_exists_is_not_created_twice(self):
        entities = service(create_service().sid).entities
        identity = make_identity()
        entities.create(identity=identity)
        refused = self.assert_refused(409, None, entities.create, identity=identity)
        self.assertIn(refused.code, (60301, 60304))

    def test_entities_are_listed_over_pages_each_once(self):
        entities = service(create_service().sid).entities
        made = [entities.create(identity=make_identity()).sid for _ in range(5)]
        self.assertCountEqual(sids(entities.list(page_size=2)), made)
        self.assertCountEqual(sids(entities.stream(page_size=2)), made)
        self.assertEqual(len(entities.list(page_size=2, limit=3)), 3)
