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
CREATE TABLE exhibit_records(
  exhibit TEXT NOT NULL PRIMARY KEY REFERENCES exhibits(id),
  json TEXT NOT NULL,
  at TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO exhibits VALUES('033c2035-657e-4f28-a67a-8ea665520156','2024-117','Книжка','2024-117','книжка','2026-01-02T03:04:05Z','2026-01-02T03:04:05Z');
INSERT INTO checklists VALUES('824df624daddee1f8986990851c2faf49a8932e47bb63633cd442428ba677dcd','{"id":"demo","version":"1"}');
INSERT INTO examinations VALUES('ff5c9bd4-f523-45b5-b637-6d8f5d33fe01','033c2035-657e-4f28-a67a-8ea665520156','kim','824df624daddee1f8986990851c2faf49a8932e47bb63633cd442428ba677dcd','demo',4,'59416cd3d01dc87449f5c76c520bb2526d0a0edceb21f1eaf0b3c560248a7b5f',0,'closed',1,2,0,'2026-01-02T03:04:05Z','2026-01-02T03:04:05Z');
INSERT INTO events VALUES('ff5c9bd4-f523-45b5-b637-6d8f5d33fe01',1,'2026-01-02T03:04:05Z','kim','ExaminationOpened','{"bound":{"case":"2024-117","checklist":"824df624daddee1f8986990851c2faf49a8932e47bb63633cd442428ba677dcd","examiner":"kim","exhibit":"\u041a\u043d\u0438\u0436\u043a\u0430","exhibit_id":"033c2035-657e-4f28-a67a-8ea665520156"},"captures":[]}','0000000000000000000000000000000000000000000000000000000000000000','836f490c4e2a5bf8e9798b17cceea6e4bf5d32bb111535b62e1c0fc1c87100f5');
INSERT INTO events VALUES('ff5c9bd4-f523-45b5-b637-6d8f5d33fe01',2,'2026-01-02T03:04:05Z','kim','FindingRecorded','{"indicator":"seal","note":{"ref":"a414b6832d0f76bb955fa15f7d59fb9e6d004d6ebb29116b5f34b10162c6ba32"}}','836f490c4e2a5bf8e9798b17cceea6e4bf5d32bb111535b62e1c0fc1c87100f5','4439f174831e2814749d82796c1ae3fa9cbb71a931c5b24c3c82dd4c696b6a1f');
INSERT INTO events VALUES('ff5c9bd4-f523-45b5-b637-6d8f5d33fe01',3,'2026-01-02T03:04:05Z','kim','FieldTranscribed','{"field":"surname","raw":{"ref":"9dbce60aa56eb995654e04f7b08cbddc70d39f76af9384ca4db6452ac2ec8b5e"}}','4439f174831e2814749d82796c1ae3fa9cbb71a931c5b24c3c82dd4c696b6a1f','645abd349f9ca4fcfbb0bee484688da2796de14db96a67bd9246f7d5b03b9e53');
INSERT INTO events VALUES('ff5c9bd4-f523-45b5-b637-6d8f5d33fe01',4,'2026-01-02T03:04:05Z','kim','Closed','{}','645abd349f9ca4fcfbb0bee484688da2796de14db96a67bd9246f7d5b03b9e53','59416cd3d01dc87449f5c76c520bb2526d0a0edceb21f1eaf0b3c560248a7b5f');
INSERT INTO personal VALUES('ff5c9bd4-f523-45b5-b637-6d8f5d33fe01','9dbce60aa56eb995654e04f7b08cbddc70d39f76af9384ca4db6452ac2ec8b5e',X'A04721615AA03583E4313778BE812172',X'D09FD0B5D182D180D0BED0B2');
INSERT INTO personal VALUES('ff5c9bd4-f523-45b5-b637-6d8f5d33fe01','a414b6832d0f76bb955fa15f7d59fb9e6d004d6ebb29116b5f34b10162c6ba32',X'DAEF638D29353B94013203323D1C184C',X'D081D0BBD0BAD0B020D0BDD0B020D0BFD0B5D187D0B0D182D0B8');
INSERT INTO resume VALUES('ff5c9bd4-f523-45b5-b637-6d8f5d33fe01','{"item": "seal"}');
INSERT INTO search VALUES(1,'033c2035-657e-4f28-a67a-8ea665520156','','name','2024-117/книжка  ');
INSERT INTO search VALUES(2,'033c2035-657e-4f28-a67a-8ea665520156','ff5c9bd4-f523-45b5-b637-6d8f5d33fe01','note:seal','елка на печати  ');
INSERT INTO readers VALUES('033c2035-657e-4f28-a67a-8ea665520156','lee','2026-01-02T03:04:05Z');
INSERT INTO exhibit_records VALUES('033c2035-657e-4f28-a67a-8ea665520156','{"captures":[]}','2026-01-02T03:04:05Z');
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
CREATE TRIGGER exhibit_records_new_only
BEFORE INSERT ON exhibit_records
WHEN EXISTS(SELECT 1 FROM exhibit_records WHERE exhibit = NEW.exhibit)
BEGIN SELECT RAISE(ABORT, 'the record of an exhibit is added once'); END;
CREATE TRIGGER exhibit_records_never_updated
BEFORE UPDATE ON exhibit_records
BEGIN SELECT RAISE(ABORT, 'the record of an exhibit is never changed'); END;
CREATE TRIGGER exhibit_records_deleted_by_disposal
BEFORE DELETE ON exhibit_records
WHEN EXISTS(SELECT 1 FROM examinations WHERE exhibit = OLD.exhibit AND disposed = 0)
BEGIN SELECT RAISE(ABORT, 'the record of an exhibit leaves by disposal only'); END;
CREATE TRIGGER checklists_never_deleted
BEFORE DELETE ON checklists
BEGIN SELECT RAISE(ABORT, 'frozen checklists are never deleted'); END;
PRAGMA application_id = 1147356536;
PRAGMA user_version = 3;
