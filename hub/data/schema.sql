-- The hub's tables, in steps. Each step is run once, in one transaction, when the file's user_version is lower than its number. A step is never
-- changed after a release: what comes later is another step. Times are seconds since 1970, UTC. tenant leads every key.
-- step 1
CREATE TABLE companies (
  tenant TEXT PRIMARY KEY, name TEXT NOT NULL, pack TEXT NOT NULL, policy TEXT NOT NULL, offset_minutes INTEGER NOT NULL, stated_devices INTEGER,
  closed_days TEXT NOT NULL, responsible TEXT NOT NULL, staff_told INTEGER, owner_name TEXT NOT NULL, owner_mail TEXT NOT NULL,
  person_in_charge TEXT NOT NULL, schedule TEXT NOT NULL, created INTEGER NOT NULL, generation INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE TABLE codes (
  tenant TEXT NOT NULL REFERENCES companies, number INTEGER NOT NULL, hash TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, uses_left INTEGER NOT NULL
  CHECK (uses_left >= 0), created INTEGER NOT NULL, valid_until INTEGER NOT NULL, revoked INTEGER, PRIMARY KEY (tenant, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE devices (
  tenant TEXT NOT NULL REFERENCES companies, device TEXT NOT NULL, public_key BLOB NOT NULL, label TEXT NOT NULL, host_name TEXT NOT NULL,
  agent_version TEXT NOT NULL, standing TEXT NOT NULL, epoch INTEGER NOT NULL, current_epoch INTEGER NOT NULL, current_seq INTEGER NOT NULL,
  latest_epoch INTEGER NOT NULL, latest_seq INTEGER NOT NULL, code_hash TEXT NOT NULL, clock_ahead_s INTEGER NOT NULL, discarded INTEGER NOT NULL,
  enrolled INTEGER NOT NULL,
  last_receipt INTEGER, last_scanned INTEGER, scan_wanted INTEGER, PRIMARY KEY (tenant, device)
) STRICT, WITHOUT ROWID;
CREATE INDEX devices_by_id ON devices (device, standing);
-- A key counts in one company only.
CREATE UNIQUE INDEX devices_once ON devices (device) WHERE standing <> 'removed';

CREATE TABLE reports (
  tenant TEXT NOT NULL, device TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, body_sha256 TEXT NOT NULL, body BLOB NOT NULL,
  stored_at INTEGER NOT NULL, FOREIGN KEY (tenant, device) REFERENCES devices
) STRICT;
CREATE UNIQUE INDEX reports_once ON reports (tenant, device, epoch, seq);
CREATE INDEX reports_by_age ON reports (stored_at);

-- What a device's state rests on. content is NULL where it is the one in the report of that number, which is kept as long as this row is.
CREATE TABLE contents (
  tenant TEXT NOT NULL, device TEXT NOT NULL, which TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, content BLOB,
  scanned_at INTEGER NOT NULL, received_at INTEGER NOT NULL, FOREIGN KEY (tenant, device) REFERENCES devices,
  FOREIGN KEY (tenant, device, epoch, seq) REFERENCES reports (tenant, device, epoch, seq)
) STRICT;
CREATE UNIQUE INDEX contents_once ON contents (tenant, device, which);

CREATE TABLE memories (
  tenant TEXT NOT NULL, device TEXT NOT NULL, memory TEXT NOT NULL, PRIMARY KEY (tenant, device),
  FOREIGN KEY (tenant, device) REFERENCES devices
) STRICT;

-- Findings change seldom; how they are worded (forms: a JSON array, in the same order) changes with each report.
CREATE TABLE findings (
  tenant TEXT NOT NULL, device TEXT NOT NULL, place INTEGER NOT NULL, check_id TEXT NOT NULL, rule TEXT NOT NULL, required INTEGER NOT NULL,
  verdict TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (tenant, device, place),
  FOREIGN KEY (tenant, device) REFERENCES devices
) STRICT, WITHOUT ROWID;

CREATE TABLE finding_forms (
  tenant TEXT NOT NULL, device TEXT NOT NULL, forms TEXT NOT NULL, FOREIGN KEY (tenant, device) REFERENCES devices
) STRICT;
CREATE UNIQUE INDEX finding_forms_once ON finding_forms (tenant, device);

CREATE TABLE rules (
  tenant TEXT NOT NULL, device TEXT NOT NULL, rule TEXT NOT NULL, verdict TEXT NOT NULL, PRIMARY KEY (tenant, device, rule),
  FOREIGN KEY (tenant, device) REFERENCES devices
) STRICT, WITHOUT ROWID;

CREATE TABLE counters (
  tenant TEXT NOT NULL REFERENCES companies, what TEXT NOT NULL, verdict TEXT NOT NULL, devices INTEGER NOT NULL CHECK (devices >= 0),
  PRIMARY KEY (tenant, what, verdict)
) STRICT, WITHOUT ROWID;

CREATE TABLE declarations (
  tenant TEXT NOT NULL REFERENCES companies, device TEXT NOT NULL, question TEXT NOT NULL, about TEXT NOT NULL, answer TEXT NOT NULL,
  who TEXT NOT NULL, answered_at INTEGER NOT NULL, valid_until INTEGER NOT NULL, withdrawn INTEGER,
  PRIMARY KEY (tenant, device, question, about)
) STRICT, WITHOUT ROWID;

CREATE TABLE changes (
  tenant TEXT NOT NULL REFERENCES companies, at INTEGER NOT NULL, device TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
  before TEXT NOT NULL, after TEXT NOT NULL
) STRICT;
CREATE INDEX changes_by_time ON changes (tenant, at);
CREATE INDEX changes_by_age ON changes (at);

CREATE TABLE page_keys (
  hash TEXT PRIMARY KEY, tenant TEXT NOT NULL REFERENCES companies, session INTEGER NOT NULL, valid_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE mails (
  id INTEGER PRIMARY KEY, tenant TEXT NOT NULL REFERENCES companies, message_id TEXT NOT NULL, recipient TEXT NOT NULL, kind TEXT NOT NULL,
  body TEXT NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL, next_try INTEGER NOT NULL, created INTEGER NOT NULL, sent INTEGER,
  UNIQUE (tenant, message_id)
) STRICT;
CREATE INDEX mails_due ON mails (state, next_try);
-- step 2
-- When a report was scanned, by its PC's clock, and how many the PC had dropped by then. NULL: stored before this step.
ALTER TABLE reports ADD COLUMN scanned_at INTEGER;
ALTER TABLE reports ADD COLUMN discarded INTEGER;
-- The scan that showed a change, by its PC's clock. NULL: no scan did (days passed, or a person changed something).
ALTER TABLE changes ADD COLUMN seen_at INTEGER;
-- step 3
-- 休ませる: a person said that nobody uses the PC until then.
ALTER TABLE devices ADD COLUMN resting_since INTEGER;
ALTER TABLE devices ADD COLUMN resting_until INTEGER;
-- step 4
-- When the person in charge typed in the number of the owner's mail.
ALTER TABLE companies ADD COLUMN confirmed INTEGER;
-- step 5
-- People who use the pages; only what says to which company they belong, and what was done there, has a tenant.
CREATE TABLE persons (
  person TEXT PRIMARY KEY, mail TEXT NOT NULL UNIQUE, name TEXT NOT NULL, language TEXT NOT NULL, password TEXT NOT NULL, totp BLOB NOT NULL,
  totp_step INTEGER NOT NULL, runs_hub INTEGER NOT NULL, created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE memberships (
  tenant TEXT NOT NULL REFERENCES companies, person TEXT NOT NULL REFERENCES persons ON DELETE CASCADE, role TEXT NOT NULL, since INTEGER NOT NULL,
  PRIMARY KEY (tenant, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_of_person ON memberships (person);

CREATE TABLE sign_ins (
  hash TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES persons ON DELETE CASCADE, created INTEGER NOT NULL, last_used INTEGER NOT NULL,
  valid_until INTEGER NOT NULL, browser TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_ins_of_person ON sign_ins (person);

-- person is NULL for the key that makes the first one.
CREATE TABLE person_keys (
  hash TEXT PRIMARY KEY, purpose TEXT NOT NULL, person TEXT REFERENCES persons ON DELETE CASCADE, valid_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE deeds (
  tenant TEXT NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL
) STRICT;
CREATE INDEX deeds_by_time ON deeds (tenant, at);
CREATE INDEX deeds_by_age ON deeds (at);
-- step 6
-- The worst verdict of a PC's rules, to list PCs by: 0 fail, 1 unknown, 2 ask, 3 nothing of these.
ALTER TABLE devices ADD COLUMN worst INTEGER NOT NULL DEFAULT 1;
ALTER TABLE devices ADD COLUMN group_name TEXT NOT NULL DEFAULT '';
UPDATE devices SET worst = coalesce((SELECT min(CASE verdict WHEN 'fail' THEN 0 WHEN 'unknown' THEN 1 WHEN 'ask' THEN 2 ELSE 3 END)
  FROM rules WHERE rules.tenant = devices.tenant AND rules.device = devices.device), 1);
CREATE INDEX findings_by_check ON findings (tenant, check_id, verdict);
CREATE INDEX findings_failing ON findings (tenant, device) WHERE required = 1 AND verdict = 'fail';
CREATE INDEX changes_by_device ON changes (tenant, device, at);

-- What a person said of a finding: doing, or planned until a day (NULL: none).
CREATE TABLE plans (
  tenant TEXT NOT NULL, device TEXT NOT NULL, check_id TEXT NOT NULL, state TEXT NOT NULL, until INTEGER, who TEXT NOT NULL,
  noted INTEGER NOT NULL, PRIMARY KEY (tenant, device, check_id), FOREIGN KEY (tenant, device) REFERENCES devices
) STRICT, WITHOUT ROWID;

-- PCs of one day by what a rule says of them (empty: by what is to be done on the whole PC).
CREATE TABLE daily_counts (
  tenant TEXT NOT NULL REFERENCES companies, day INTEGER NOT NULL, rule TEXT NOT NULL, pass INTEGER NOT NULL, fail INTEGER NOT NULL,
  unknown INTEGER NOT NULL, ask INTEGER NOT NULL, not_applicable INTEGER NOT NULL, silent INTEGER NOT NULL, resting INTEGER NOT NULL,
  PRIMARY KEY (tenant, day, rule)
) STRICT, WITHOUT ROWID;
CREATE INDEX daily_counts_by_age ON daily_counts (day);

CREATE TABLE comments (
  tenant TEXT PRIMARY KEY REFERENCES companies, text TEXT NOT NULL, who TEXT NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- step 7
-- Which PCs of a company wait for a person, and which ask one something.
CREATE INDEX devices_waiting ON devices (tenant, label, host_name, device) WHERE standing = 'waiting';
CREATE INDEX findings_asking ON findings (tenant, check_id, device) WHERE verdict = 'ask';

-- What the company sheet holds beyond companies. Days as 2026-12-29.
CREATE TABLE sheets (
  tenant TEXT PRIMARY KEY REFERENCES companies, declaration TEXT NOT NULL, star INTEGER NOT NULL, declared_on TEXT NOT NULL, review_on TEXT NOT NULL,
  mail_detail TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was set of the hub itself (hub/mail/kept_settings.h); secrets are sealed.
CREATE TABLE hub_values (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
-- step 8
-- What many PCs are listed and counted by is worked out with each verdict (hub/kept_finding.h), and counters hold checks ("check/" and its id)
-- and states of PCs ("state/"), too. name: what people call a PC. heard_day: of its last word, in days since 1970 in Japan.
ALTER TABLE devices ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE devices ADD COLUMN heard_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE devices ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
ALTER TABLE findings ADD COLUMN to_do TEXT NOT NULL DEFAULT 'none';
ALTER TABLE findings ADD COLUMN situation TEXT NOT NULL DEFAULT '';
ALTER TABLE findings ADD COLUMN late_since INTEGER;
UPDATE devices SET name = CASE WHEN label = '' THEN host_name ELSE label END, heard_day = (coalesce(last_receipt, enrolled) + 32400) / 86400;
-- Who is catching up is known again with the first judging, a moment after the start.
UPDATE findings SET situation = coalesce(forms ->> ('$[' || place || '].finding.situation'), ''),
  to_do = CASE WHEN forms ->> ('$[' || place || '].exception') IS NULL THEN 'now' ELSE 'excepted' END
  FROM finding_forms AS w WHERE w.tenant = findings.tenant AND w.device = findings.device AND required = 1 AND verdict = 'fail';
UPDATE devices SET state = CASE
  WHEN EXISTS (SELECT 1 FROM findings AS f WHERE f.tenant = devices.tenant AND f.device = devices.device AND to_do = 'now') THEN 'to_do'
  WHEN NOT EXISTS (SELECT 1 FROM rules AS r WHERE r.tenant = devices.tenant AND r.device = devices.device AND verdict <> 'unknown') OR
    EXISTS (SELECT 1 FROM rules AS r WHERE r.tenant = devices.tenant AND r.device = devices.device AND verdict = 'unknown') OR
    EXISTS (SELECT 1 FROM findings AS f WHERE f.tenant = devices.tenant AND f.device = devices.device AND to_do = 'excepted') THEN 'open'
  ELSE coalesce((SELECT 'ask ' || group_concat(rule, ' ') FROM (SELECT rule FROM rules AS r WHERE r.tenant = devices.tenant AND
    r.device = devices.device AND verdict = 'ask' ORDER BY rule)), 'fine') END;
INSERT INTO counters (tenant, what, verdict, devices) SELECT tenant, 'state/', state, count(*) FROM devices WHERE standing = 'approved' GROUP BY tenant, state;
INSERT INTO counters (tenant, what, verdict, devices) SELECT tenant, 'check/' || check_id, verdict, count(*) FROM findings JOIN devices
  USING (tenant, device) WHERE standing = 'approved' GROUP BY tenant, check_id, verdict;
CREATE INDEX devices_by_name ON devices (tenant, name, device, standing, worst, label, host_name) WHERE standing <> 'removed';
CREATE INDEX devices_by_worst ON devices (tenant, worst, name, device, standing) WHERE standing = 'approved';
CREATE INDEX devices_by_group ON devices (tenant, group_name, name, device, standing, worst) WHERE standing <> 'removed' AND group_name <> '';
CREATE INDEX devices_by_heard ON devices (tenant, heard_day, device, standing) WHERE standing <> 'removed';
CREATE INDEX devices_resting ON devices (tenant, device) WHERE resting_until IS NOT NULL;
CREATE INDEX devices_others ON devices (tenant, device) WHERE standing <> 'approved';
CREATE INDEX rules_by_verdict ON rules (tenant, verdict, rule, device);
DROP INDEX findings_failing;
DROP INDEX findings_asking;
DROP INDEX findings_by_check;
CREATE INDEX findings_by_check ON findings (tenant, check_id, verdict, device);
CREATE INDEX findings_to_do ON findings (tenant, to_do, check_id, situation, late_since, device, rule) WHERE to_do <> 'none';
CREATE INDEX changes_by_kind ON changes (tenant, kind, at);
DROP TABLE page_keys;
-- step 9
-- What the asset ledger says of a PC; of older rows it is known with the first judging, a moment after the start.
ALTER TABLE devices ADD COLUMN system TEXT NOT NULL DEFAULT '';
ALTER TABLE devices ADD COLUMN vendor TEXT NOT NULL DEFAULT '';
ALTER TABLE devices ADD COLUMN model TEXT NOT NULL DEFAULT '';
ALTER TABLE devices ADD COLUMN memory_mib INTEGER NOT NULL DEFAULT 0;
-- step 10
-- silent_at: when a PC was put down as silent (hub/chores.h); those are counted under names with "silent/" before them. verdicts: those of
-- all its rules, as " antivirus=pass updates=fail ", so that many are listed by one of them without a look at each one's rules. search: its
-- names with A to Z as a to z, for whoever looks for a part of one.
ALTER TABLE devices ADD COLUMN silent_at INTEGER;
ALTER TABLE devices ADD COLUMN verdicts TEXT NOT NULL DEFAULT '';
ALTER TABLE devices ADD COLUMN search TEXT NOT NULL DEFAULT '';
UPDATE devices SET search = lower(label || char(10) || host_name), verdicts = coalesce((SELECT ' ' || group_concat(rule || '=' || verdict, ' ') || ' ' FROM (SELECT rule, verdict FROM rules AS r
  WHERE r.tenant = devices.tenant AND r.device = devices.device ORDER BY rule)), '');
INSERT INTO counters (tenant, what, verdict, devices) SELECT tenant, 'cause/' || check_id || '/' || situation, rule, count(*) FROM findings JOIN devices
  USING (tenant, device) WHERE to_do = 'now' AND standing = 'approved' GROUP BY tenant, check_id, situation, rule;
CREATE INDEX devices_marked ON devices (tenant, name, device, silent_at) WHERE silent_at IS NOT NULL;
DROP INDEX devices_by_name;
DROP INDEX devices_by_worst;
DROP INDEX devices_by_group;
DROP INDEX devices_by_heard;
CREATE INDEX devices_by_name ON devices (tenant, name, device, standing, worst, silent_at, search, verdicts) WHERE standing <> 'removed';
CREATE INDEX devices_by_worst ON devices (tenant, worst, name, device, standing, silent_at, verdicts) WHERE standing = 'approved';
CREATE INDEX devices_by_group ON devices (tenant, group_name, name, device, standing, worst, silent_at, search, verdicts) WHERE standing <> 'removed' AND group_name <> '';
CREATE INDEX devices_by_heard ON devices (tenant, heard_day, device, standing, silent_at) WHERE standing <> 'removed';
DROP INDEX changes_by_kind;
CREATE INDEX changes_of_rules ON changes (tenant, at, device, subject, before, after, seen_at) WHERE kind = 'rule';
-- step 11
-- The chain of a company's evidence packs (hub/evidence_store.h).
CREATE TABLE evidence_packs (
  tenant TEXT NOT NULL REFERENCES companies, number INTEGER NOT NULL, kind TEXT NOT NULL, period_from INTEGER NOT NULL,
  period_until INTEGER NOT NULL, made INTEGER NOT NULL, manifest TEXT NOT NULL, key TEXT NOT NULL, size INTEGER NOT NULL, who TEXT NOT NULL,
  kept_until INTEGER NOT NULL, PRIMARY KEY (tenant, number)
) STRICT, WITHOUT ROWID;
-- step 12
-- What the list of PCs is divided by, counted.
INSERT INTO counters (tenant, what, verdict, devices) SELECT tenant, CASE WHEN silent_at IS NULL THEN '' ELSE 'silent/' END || 'worst/', worst, count(*)
  FROM devices WHERE standing = 'approved' GROUP BY tenant, silent_at IS NULL, worst;
-- step 13
-- What was last read of each public feed. items: the last good copy; good: when it was last found to be so; problem: of the last try.
CREATE TABLE feeds (
  feed TEXT PRIMARY KEY, address TEXT NOT NULL, etag TEXT NOT NULL, modified TEXT NOT NULL, items TEXT NOT NULL, good INTEGER, tried INTEGER,
  problem TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Briefings of one company: what the hub proposed, and what a person made of it.
CREATE TABLE company_briefings (
  tenant TEXT NOT NULL REFERENCES companies, briefing TEXT NOT NULL, state TEXT NOT NULL, month TEXT NOT NULL, published INTEGER NOT NULL,
  sha256 TEXT NOT NULL, text TEXT NOT NULL, about TEXT NOT NULL, made INTEGER NOT NULL, decided INTEGER, who TEXT NOT NULL,
  PRIMARY KEY (tenant, briefing)
) STRICT;
CREATE INDEX company_briefings_by_age ON company_briefings (made);
-- step 14
-- Companies whose PCs are judged again just now, in the order of their ids: last is the newest that was, judged how many of pcs were.
CREATE TABLE rejudgings (
  tenant TEXT PRIMARY KEY REFERENCES companies, begun INTEGER NOT NULL, last TEXT NOT NULL, judged INTEGER NOT NULL, pcs INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- step 15
-- Of PostgreSQL alone (postgres.sql): how often its tables are tidied.
