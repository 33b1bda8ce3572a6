CREATE TABLE exhibits(
  id TEXT NOT NULL PRIMARY KEY,
  case_name TEXT NOT NULL,
  exhibit_name TEXT NOT NULL,
  case_key TEXT NOT NULL,
  exhibit_key TEXT NOT NULL,
  created TEXT NOT NULL,
  updated TEXT NOT NULL,
  UNIQUE(case_key, exhibit_key)
) WITHOUT ROWID;
CREATE INDEX exhibits_by_update ON exhibits(updated DESC, case_key, exhibit_key);
CREATE TABLE checklists(
  sha256 TEXT NOT NULL PRIMARY KEY,
  json TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE examinations(
  id TEXT NOT NULL PRIMARY KEY,
  exhibit TEXT NOT NULL REFERENCES exhibits(id),
  examiner TEXT NOT NULL,
  checklist TEXT NOT NULL REFERENCES checklists(sha256),
  checklist_id TEXT NOT NULL,
  head_seq INTEGER NOT NULL,
  head_hash TEXT NOT NULL,
  disposed INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'open',
  answered INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  critical_open INTEGER NOT NULL DEFAULT 0,
  created TEXT NOT NULL,
  updated TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX examinations_of_exhibit ON examinations(exhibit);
CREATE TABLE events(
  examination TEXT NOT NULL REFERENCES examinations(id),
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  examiner TEXT NOT NULL,
  kind TEXT NOT NULL,
  data TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY(examination, seq)
) WITHOUT ROWID;
CREATE TABLE personal(
  examination TEXT NOT NULL REFERENCES examinations(id),
  ref TEXT NOT NULL,
  salt BLOB NOT NULL,
  text BLOB NOT NULL,
  PRIMARY KEY(examination, ref)
) WITHOUT ROWID;
CREATE TABLE originals(
  sha256 TEXT NOT NULL,
  exhibit TEXT NOT NULL REFERENCES exhibits(id),
  PRIMARY KEY(sha256, exhibit)
) WITHOUT ROWID;
CREATE INDEX originals_of_exhibit ON originals(exhibit);
CREATE TABLE resume(
  examination TEXT NOT NULL PRIMARY KEY REFERENCES examinations(id),
  json TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE search(
  id INTEGER PRIMARY KEY,
  exhibit TEXT NOT NULL,
  examination TEXT NOT NULL,
  what TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE(exhibit, examination, what)
);
CREATE VIRTUAL TABLE search_index USING fts5(
  text, content='search', content_rowid='id', tokenize='trigram case_sensitive 1'
);
CREATE TABLE chores(
  what TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY(what, name)
) WITHOUT ROWID;
CREATE TABLE readers(
  exhibit TEXT NOT NULL REFERENCES exhibits(id),
  examiner_key TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY(exhibit, examiner_key)
) WITHOUT ROWID;
CREATE TABLE specimens(
  sha256 TEXT NOT NULL PRIMARY KEY,
  json TEXT NOT NULL,
  examiner TEXT NOT NULL,
  at TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO exhibits VALUES('84a29480-1480-4ac7-b42d-2e68c10bef35','2024-117','Книжка','2024-117','книжка','2026-01-02T03:04:05Z','2026-01-02T03:04:05Z');
INSERT INTO checklists VALUES('824df624daddee1f8986990851c2faf49a8932e47bb63633cd442428ba677dcd','{"id":"demo","version":"1"}');
INSERT INTO examinations VALUES('7d1757a8-168e-49ee-bee0-d218ce739d64','84a29480-1480-4ac7-b42d-2e68c10bef35','kim','824df624daddee1f8986990851c2faf49a8932e47bb63633cd442428ba677dcd','demo',4,'f55e7b9afd929524b88f9ce0127767130e150fb024944ae9549c09ebf0c88211',0,'closed',1,2,0,'2026-01-02T03:04:05Z','2026-01-02T03:04:05Z');
INSERT INTO events VALUES('7d1757a8-168e-49ee-bee0-d218ce739d64',1,'2026-01-02T03:04:05Z','kim','ExaminationOpened','{"bound":{"case":"2024-117","checklist":"824df624daddee1f8986990851c2faf49a8932e47bb63633cd442428ba677dcd","examiner":"kim","exhibit":"\u041a\u043d\u0438\u0436\u043a\u0430","exhibit_id":"84a29480-1480-4ac7-b42d-2e68c10bef35"},"captures":[]}','0000000000000000000000000000000000000000000000000000000000000000','b53ac5583bbdf86e6103bf25ef1c7175b6def3d42ca45ad751499052eff8aab5');
INSERT INTO events VALUES('7d1757a8-168e-49ee-bee0-d218ce739d64',2,'2026-01-02T03:04:05Z','kim','FindingRecorded','{"indicator":"seal","note":{"ref":"9e8543003944eb9a1a91262f9f3fe47a3e6e6edae4eeed888f16a0c2cbf0a674"}}','b53ac5583bbdf86e6103bf25ef1c7175b6def3d42ca45ad751499052eff8aab5','5095dad907d78cefc6f30faae8f8a79ea9eb6e30a04dddeb297f4a7c60b7fff8');
INSERT INTO events VALUES('7d1757a8-168e-49ee-bee0-d218ce739d64',3,'2026-01-02T03:04:05Z','kim','FieldTranscribed','{"field":"surname","raw":{"ref":"f0ada63106fed2d4aa0a2172548f2337707243cf4b2a62614ab965b000da4fd9"}}','5095dad907d78cefc6f30faae8f8a79ea9eb6e30a04dddeb297f4a7c60b7fff8','a679d0c647a6d9ca131344abb684fcdd1fe49d63fa636c62f35d43dfa2c36e99');
INSERT INTO events VALUES('7d1757a8-168e-49ee-bee0-d218ce739d64',4,'2026-01-02T03:04:05Z','kim','Closed','{}','a679d0c647a6d9ca131344abb684fcdd1fe49d63fa636c62f35d43dfa2c36e99','f55e7b9afd929524b88f9ce0127767130e150fb024944ae9549c09ebf0c88211');
INSERT INTO personal VALUES('7d1757a8-168e-49ee-bee0-d218ce739d64','9e8543003944eb9a1a91262f9f3fe47a3e6e6edae4eeed888f16a0c2cbf0a674',X'5FFC2F32EC1C20D3E4E6D3FCA0F726E7',X'D081D0BBD0BAD0B020D0BDD0B020D0BFD0B5D187D0B0D182D0B8');
INSERT INTO personal VALUES('7d1757a8-168e-49ee-bee0-d218ce739d64','f0ada63106fed2d4aa0a2172548f2337707243cf4b2a62614ab965b000da4fd9',X'733363B1CE80888BF1CD63425CAA4099',X'D09FD0B5D182D180D0BED0B2');
INSERT INTO resume VALUES('7d1757a8-168e-49ee-bee0-d218ce739d64','{"item": "seal"}');
INSERT INTO search VALUES(1,'84a29480-1480-4ac7-b42d-2e68c10bef35','','name','2024-117/книжка  ');
INSERT INTO search VALUES(2,'84a29480-1480-4ac7-b42d-2e68c10bef35','7d1757a8-168e-49ee-bee0-d218ce739d64','note:seal','елка на печати  ');
INSERT INTO readers VALUES('84a29480-1480-4ac7-b42d-2e68c10bef35','lee','2026-01-02T03:04:05Z');
INSERT INTO search_index(search_index) VALUES('rebuild');
CREATE TRIGGER events_next_only BEFORE INSERT ON events
WHEN NOT EXISTS(SELECT 1 FROM examinations WHERE id = NEW.examination
    AND head_seq + 1 = NEW.seq AND head_hash = NEW.prev)
  OR EXISTS(SELECT 1 FROM events WHERE examination = NEW.examination AND seq >= NEW.seq)
  OR (NEW.seq > 1 AND NOT EXISTS(SELECT 1 FROM events WHERE examination = NEW.examination
    AND seq = NEW.seq - 1 AND hash = NEW.prev))
BEGIN SELECT RAISE(ABORT, 'only the next event, bound to the last, may be added'); END;
CREATE TRIGGER events_never_updated BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_never_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER events_move_head AFTER INSERT ON events
BEGIN UPDATE examinations SET head_seq = NEW.seq, head_hash = NEW.hash,
  disposed = CASE NEW.kind WHEN 'Disposed' THEN NEW.seq ELSE disposed END
  WHERE id = NEW.examination; END;
CREATE TRIGGER examinations_new_only
BEFORE INSERT ON examinations
WHEN NEW.head_seq <> 0 OR NEW.disposed <> 0
  OR EXISTS(SELECT 1 FROM examinations WHERE id = NEW.id)
  OR EXISTS(SELECT 1 FROM events WHERE examination = NEW.id)
BEGIN SELECT RAISE(ABORT, 'an examination is added once, with an empty journal'); END;
CREATE TRIGGER examinations_keep_identity
BEFORE UPDATE OF id, exhibit, examiner, created ON examinations
BEGIN SELECT RAISE(ABORT, 'what an examination is bound to never changes'); END;
CREATE TRIGGER examinations_head_is_last
BEFORE UPDATE OF head_seq, head_hash, disposed ON examinations
WHEN NEW.head_seq <> OLD.head_seq + 1
  OR NOT EXISTS(SELECT 1 FROM events
    WHERE examination = OLD.id AND seq = NEW.head_seq AND hash = NEW.head_hash)
  OR (NEW.disposed <> OLD.disposed AND NEW.disposed <> NEW.head_seq)
BEGIN SELECT RAISE(ABORT, 'the head follows the journal'); END;
CREATE TRIGGER examinations_never_deleted
BEFORE DELETE ON examinations
BEGIN SELECT RAISE(ABORT, 'examinations are never deleted'); END;
CREATE TRIGGER personal_new_only BEFORE INSERT ON personal
WHEN EXISTS(SELECT 1 FROM personal WHERE examination = NEW.examination AND ref = NEW.ref)
BEGIN SELECT RAISE(ABORT, 'a personal text is added once'); END;
CREATE TRIGGER personal_never_updated BEFORE UPDATE ON personal
BEGIN SELECT RAISE(ABORT, 'personal texts are never changed'); END;
CREATE TRIGGER personal_deleted_by_disposal
BEFORE DELETE ON personal
WHEN NOT EXISTS(SELECT 1 FROM examinations WHERE id = OLD.examination AND disposed > 0)
BEGIN SELECT RAISE(ABORT, 'personal texts leave by disposal only'); END;
CREATE TRIGGER exhibits_new_only BEFORE INSERT ON exhibits
WHEN EXISTS(SELECT 1 FROM exhibits WHERE id = NEW.id
  OR (case_key = NEW.case_key AND exhibit_key = NEW.exhibit_key))
BEGIN SELECT RAISE(ABORT, 'an exhibit is added once'); END;
CREATE TRIGGER exhibits_keep_names
BEFORE UPDATE OF id, case_name, exhibit_name, case_key, exhibit_key, created ON exhibits
BEGIN SELECT RAISE(ABORT, 'what an exhibit is called never changes'); END;
CREATE TRIGGER exhibits_never_deleted BEFORE DELETE ON exhibits
BEGIN SELECT RAISE(ABORT, 'exhibits are never deleted'); END;
CREATE TRIGGER originals_never_updated
BEFORE UPDATE ON originals
BEGIN SELECT RAISE(ABORT, 'which originals an exhibit uses is never changed'); END;
CREATE TRIGGER originals_released_by_disposal
BEFORE DELETE ON originals
WHEN EXISTS(SELECT 1 FROM examinations WHERE exhibit = OLD.exhibit AND disposed = 0)
BEGIN SELECT RAISE(ABORT, 'originals leave by disposal only'); END;
CREATE TRIGGER checklists_new_only BEFORE INSERT ON checklists
WHEN EXISTS(SELECT 1 FROM checklists WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'a frozen checklist is added once'); END;
CREATE TRIGGER checklists_never_updated
BEFORE UPDATE ON checklists
BEGIN SELECT RAISE(ABORT, 'frozen checklists are never changed'); END;
CREATE TRIGGER readers_never_changed BEFORE UPDATE ON readers
BEGIN SELECT RAISE(ABORT, 'who has read stays'); END;
CREATE TRIGGER readers_never_deleted BEFORE DELETE ON readers
BEGIN SELECT RAISE(ABORT, 'who has read stays'); END;
CREATE TRIGGER checklists_never_deleted
BEFORE DELETE ON checklists
BEGIN SELECT RAISE(ABORT, 'frozen checklists are never deleted'); END;
PRAGMA application_id = 1147356536;
PRAGMA user_version = 2;
