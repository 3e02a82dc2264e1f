-- The hub's tables in PostgreSQL, in steps, as schema.sql has them for SQLite: a step has the number of the one there that it goes with, and the
-- first is all that stands there up to step 5. Run by the tables' owner (gokajo-hub migrate); the hub itself is the role gokajo_hub, which
-- owns nothing. Times are seconds since 1970, UTC. tenant leads every key, so that the tables can be spread over machines by it.
-- step 5
-- Text compares byte by byte, as SQLite does it.
CREATE DOMAIN word AS text COLLATE "C";

CREATE TABLE schema_step (step bigint NOT NULL);
INSERT INTO schema_step VALUES (0);

-- Grows with every transaction that changes something alone (hub/postgres/store_body.h).
CREATE SEQUENCE alone;

-- What all hubs on this database must have in common.
CREATE TABLE hub_facts (name word PRIMARY KEY, value word NOT NULL);

CREATE TABLE companies (
  tenant word PRIMARY KEY, name word NOT NULL, pack word NOT NULL, policy word NOT NULL, offset_minutes bigint NOT NULL, stated_devices bigint,
  closed_days word NOT NULL, responsible word NOT NULL, staff_told bigint, owner_name word NOT NULL, owner_mail word NOT NULL,
  person_in_charge word NOT NULL, schedule word NOT NULL, created bigint NOT NULL, generation bigint NOT NULL DEFAULT 1, confirmed bigint
);

CREATE TABLE codes (
  tenant word NOT NULL REFERENCES companies, number bigint NOT NULL, hash word NOT NULL UNIQUE, kind word NOT NULL,
  uses_left bigint NOT NULL CHECK (uses_left >= 0), created bigint NOT NULL, valid_until bigint NOT NULL, revoked bigint,
  PRIMARY KEY (tenant, number)
);

CREATE TABLE devices (
  tenant word NOT NULL REFERENCES companies, device word NOT NULL, public_key bytea NOT NULL, label word NOT NULL, host_name word NOT NULL,
  agent_version word NOT NULL, standing word NOT NULL, epoch bigint NOT NULL, current_epoch bigint NOT NULL, current_seq bigint NOT NULL,
  latest_epoch bigint NOT NULL, latest_seq bigint NOT NULL, code_hash word NOT NULL, clock_ahead_s bigint NOT NULL, discarded bigint NOT NULL,
  enrolled bigint NOT NULL, last_receipt bigint, last_scanned bigint, scan_wanted bigint, resting_since bigint, resting_until bigint,
  PRIMARY KEY (tenant, device)
) WITH (fillfactor = 80);
CREATE INDEX devices_by_id ON devices (device, standing);
-- A key counts in one company only.
CREATE UNIQUE INDEX devices_once ON devices (device) WHERE standing <> 'removed';

-- A report without its body, which is what must be there once. day: of its body, in days since 1970; 0: kept, for a state rests on it.
CREATE TABLE reports (
  tenant word NOT NULL, device word NOT NULL, epoch bigint NOT NULL, seq bigint NOT NULL, body_sha256 word NOT NULL, stored_at bigint NOT NULL,
  scanned_at bigint, discarded bigint, day bigint NOT NULL, PRIMARY KEY (tenant, device, epoch, seq),
  FOREIGN KEY (tenant, device) REFERENCES devices
);
CREATE INDEX reports_by_age ON reports (stored_at);

-- A day's bodies go at once, with their table.
CREATE TABLE report_bodies (
  tenant word NOT NULL, device word NOT NULL, epoch bigint NOT NULL, seq bigint NOT NULL, day bigint NOT NULL, body bytea NOT NULL,
  PRIMARY KEY (tenant, device, epoch, seq, day)
) PARTITION BY RANGE (day);
ALTER TABLE report_bodies ALTER COLUMN body SET STORAGE EXTERNAL;  -- they are packed already
CREATE TABLE report_bodies_kept PARTITION OF report_bodies FOR VALUES FROM (0) TO (1);

CREATE TABLE contents (
  tenant word NOT NULL, device word NOT NULL, which word NOT NULL, epoch bigint NOT NULL, seq bigint NOT NULL, content bytea,
  scanned_at bigint NOT NULL, received_at bigint NOT NULL, PRIMARY KEY (tenant, device, which), FOREIGN KEY (tenant, device) REFERENCES devices,
  FOREIGN KEY (tenant, device, epoch, seq) REFERENCES reports
) WITH (fillfactor = 80);
ALTER TABLE contents ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX contents_of_report ON contents (tenant, device, epoch, seq);

CREATE TABLE memories (
  tenant word NOT NULL, device word NOT NULL, memory word NOT NULL, PRIMARY KEY (tenant, device), FOREIGN KEY (tenant, device) REFERENCES devices
) WITH (fillfactor = 80);

CREATE TABLE findings (
  tenant word NOT NULL, device word NOT NULL, place bigint NOT NULL, check_id word NOT NULL, rule word NOT NULL, required bigint NOT NULL,
  verdict word NOT NULL, since bigint NOT NULL, PRIMARY KEY (tenant, device, place), FOREIGN KEY (tenant, device) REFERENCES devices
);

CREATE TABLE finding_forms (
  tenant word NOT NULL, device word NOT NULL, forms word NOT NULL, PRIMARY KEY (tenant, device), FOREIGN KEY (tenant, device) REFERENCES devices
) WITH (fillfactor = 80);

CREATE TABLE rules (
  tenant word NOT NULL, device word NOT NULL, rule word NOT NULL, verdict word NOT NULL, PRIMARY KEY (tenant, device, rule),
  FOREIGN KEY (tenant, device) REFERENCES devices
);

CREATE TABLE counters (
  tenant word NOT NULL REFERENCES companies, what word NOT NULL, verdict word NOT NULL, devices bigint NOT NULL CHECK (devices >= 0),
  PRIMARY KEY (tenant, what, verdict)
);

CREATE TABLE declarations (
  tenant word NOT NULL REFERENCES companies, device word NOT NULL, question word NOT NULL, about word NOT NULL, answer word NOT NULL,
  who word NOT NULL, answered_at bigint NOT NULL, valid_until bigint NOT NULL, withdrawn bigint, PRIMARY KEY (tenant, device, question, about)
);

CREATE TABLE changes (
  tenant word NOT NULL REFERENCES companies, at bigint NOT NULL, device word NOT NULL, kind word NOT NULL, subject word NOT NULL,
  before word NOT NULL, after word NOT NULL, seen_at bigint, id bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX changes_by_time ON changes (tenant, at, id);
CREATE INDEX changes_by_age ON changes (at);

CREATE TABLE page_keys (hash word PRIMARY KEY, tenant word NOT NULL REFERENCES companies, session bigint NOT NULL, valid_until bigint NOT NULL);

CREATE TABLE mails (
  id bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY, tenant word NOT NULL REFERENCES companies, message_id word NOT NULL,
  recipient word NOT NULL, kind word NOT NULL, body word NOT NULL, state word NOT NULL, tries bigint NOT NULL, next_try bigint NOT NULL,
  created bigint NOT NULL, sent bigint, UNIQUE (tenant, message_id)
);
CREATE INDEX mails_due ON mails (state, next_try);
CREATE INDEX mails_newest ON mails (tenant, id);

CREATE TABLE persons (
  person word PRIMARY KEY, mail word NOT NULL UNIQUE, name word NOT NULL, language word NOT NULL, password word NOT NULL, totp bytea NOT NULL,
  totp_step bigint NOT NULL, runs_hub bigint NOT NULL, created bigint NOT NULL
);

CREATE TABLE memberships (
  tenant word NOT NULL REFERENCES companies, person word NOT NULL REFERENCES persons ON DELETE CASCADE, role word NOT NULL, since bigint NOT NULL,
  PRIMARY KEY (tenant, person)
);
CREATE INDEX memberships_of_person ON memberships (person);

CREATE TABLE sign_ins (
  hash word PRIMARY KEY, person word NOT NULL REFERENCES persons ON DELETE CASCADE, created bigint NOT NULL, last_used bigint NOT NULL,
  valid_until bigint NOT NULL, browser word NOT NULL
);
CREATE INDEX sign_ins_of_person ON sign_ins (person);

CREATE TABLE person_keys (
  hash word PRIMARY KEY, purpose word NOT NULL, person word REFERENCES persons ON DELETE CASCADE, valid_until bigint NOT NULL
);
CREATE INDEX person_keys_of_person ON person_keys (person);

CREATE TABLE deeds (
  tenant word NOT NULL, at bigint NOT NULL, who word NOT NULL, what word NOT NULL, subject word NOT NULL, before word NOT NULL,
  after word NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX deeds_by_time ON deeds (tenant, at, id);
CREATE INDEX deeds_by_age ON deeds (at);

-- The table that the bodies of a day go into.
CREATE FUNCTION make_day(wanted bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = gokajo, pg_temp AS $$
DECLARE
  name text := 'report_bodies_' || wanted;
BEGIN
  IF wanted < 1 OR to_regclass(name) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('gokajo.make_day', 0));  -- two hubs at midnight
  IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
  -- Made beside and attached: that keeps nobody from writing into the other days.
  EXECUTE format('CREATE TABLE %I (LIKE report_bodies INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)', name);
  EXECUTE format('ALTER TABLE report_bodies ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', name, wanted, wanted + 1);
END $$;

-- Drops the days before this one, of which no report is left but those a state rests on: their bodies are kept. Says how many days went; those
-- that somebody reads just now wait for the next time.
CREATE FUNCTION drop_days(before bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = gokajo, pg_temp AS $$
DECLARE
  one record;
  gone bigint := 0;
BEGIN
  PERFORM set_config('lock_timeout', '2s', true);
  FOR one IN
    SELECT relname, substr(relname, 15)::bigint AS day FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = 'report_bodies'::regclass AND relname ~ '^report_bodies_[0-9]+$' AND substr(relname, 15)::bigint < before
  LOOP
    BEGIN
      EXECUTE format('INSERT INTO report_bodies_kept SELECT b.tenant, b.device, b.epoch, b.seq, 0, b.body FROM %I b JOIN reports r '
                     'USING (tenant, device, epoch, seq) WHERE r.day = b.day', one.relname);
      UPDATE reports SET day = 0 WHERE stored_at >= one.day * 86400 AND stored_at < (one.day + 1) * 86400 AND day = one.day;
      EXECUTE format('DROP TABLE %I', one.relname);
      gone := gone + 1;
    EXCEPTION WHEN lock_not_available THEN NULL;
    END;
  END LOOP;
  RETURN gone;
END $$;

-- Row security: whoever does not say for which company it works sees nothing. '*' says that the work is for the whole hub (taking reports,
-- looking for what is due, people, who belong to several). has_tenant: the table has that column.
CREATE FUNCTION fence(fenced regclass, has_tenant boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', fenced);
  EXECUTE format('CREATE POLICY own_company ON %s TO gokajo_hub USING (%s)', fenced,
                 CASE WHEN has_tenant THEN
                   $q$(SELECT current_setting('gokajo.tenant', true)) = '*' OR (tenant = (SELECT current_setting('gokajo.tenant', true)) AND tenant <> '')$q$
                 ELSE $q$(SELECT current_setting('gokajo.tenant', true)) = '*'$q$ END);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO gokajo_hub', fenced);
END $$;
REVOKE ALL ON FUNCTION fence(regclass, boolean), make_day(bigint), drop_days(bigint) FROM PUBLIC;

SELECT fence(one::regclass, true) FROM unnest(ARRAY['companies', 'codes', 'devices', 'reports', 'report_bodies', 'contents', 'memories', 'findings',
  'finding_forms', 'rules', 'counters', 'declarations', 'changes', 'page_keys', 'mails', 'memberships', 'deeds']) AS one;
SELECT fence(one::regclass, false) FROM unnest(ARRAY['persons', 'sign_ins', 'person_keys', 'hub_facts']) AS one;
GRANT USAGE ON SCHEMA gokajo TO gokajo_hub;
GRANT SELECT ON schema_step TO gokajo_hub;
GRANT USAGE, SELECT ON SEQUENCE alone TO gokajo_hub;
GRANT EXECUTE ON FUNCTION make_day(bigint), drop_days(bigint) TO gokajo_hub;
-- Reports may be packed by the server too where it can; LZ4 costs it a fraction of the other way.
DO $$
BEGIN
  ALTER TABLE memories ALTER COLUMN memory SET COMPRESSION lz4;
  ALTER TABLE finding_forms ALTER COLUMN forms SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN NULL;
END $$;
-- step 6
ALTER TABLE devices ADD COLUMN worst bigint NOT NULL DEFAULT 1, ADD COLUMN group_name word NOT NULL DEFAULT '';
UPDATE devices SET worst = coalesce((SELECT min(CASE verdict WHEN 'fail' THEN 0 WHEN 'unknown' THEN 1 WHEN 'ask' THEN 2 ELSE 3 END)
  FROM rules WHERE rules.tenant = devices.tenant AND rules.device = devices.device), 1);
CREATE INDEX findings_by_check ON findings (tenant, check_id, verdict);
CREATE INDEX findings_failing ON findings (tenant, device) WHERE required = 1 AND verdict = 'fail';
CREATE INDEX changes_by_device ON changes (tenant, device, at, id);

CREATE TABLE plans (
  tenant word NOT NULL, device word NOT NULL, check_id word NOT NULL, state word NOT NULL, until bigint, who word NOT NULL,
  noted bigint NOT NULL, PRIMARY KEY (tenant, device, check_id), FOREIGN KEY (tenant, device) REFERENCES devices
);

CREATE TABLE daily_counts (
  tenant word NOT NULL REFERENCES companies, day bigint NOT NULL, rule word NOT NULL, pass bigint NOT NULL, fail bigint NOT NULL,
  unknown bigint NOT NULL, ask bigint NOT NULL, not_applicable bigint NOT NULL, silent bigint NOT NULL, resting bigint NOT NULL,
  PRIMARY KEY (tenant, day, rule)
);
CREATE INDEX daily_counts_by_age ON daily_counts (day);

CREATE TABLE comments (tenant word PRIMARY KEY REFERENCES companies, text word NOT NULL, who word NOT NULL, at bigint NOT NULL);
SELECT fence(one::regclass, true) FROM unnest(ARRAY['plans', 'daily_counts', 'comments']) AS one;
-- step 7
CREATE INDEX devices_waiting ON devices (tenant, label, host_name, device) WHERE standing = 'waiting';
CREATE INDEX findings_asking ON findings (tenant, check_id, device) WHERE verdict = 'ask';

CREATE TABLE sheets (
  tenant word PRIMARY KEY REFERENCES companies, declaration word NOT NULL, star bigint NOT NULL, declared_on word NOT NULL,
  review_on word NOT NULL, mail_detail word NOT NULL
);

CREATE TABLE hub_values (name word PRIMARY KEY, value bytea NOT NULL);
SELECT fence('sheets'::regclass, true), fence('hub_values'::regclass, false);

-- Writes a table anew, without what was erased from it, and its statistics, which hold values too. The hub owns nothing and could not.
CREATE FUNCTION write_anew(wanted text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = gokajo, pg_temp AS $$
DECLARE
  name text;
  index_name text;
BEGIN
  -- The name goes into a statement: only as the catalogue has it.
  SELECT c.relname, i.indexrelid::regclass::text INTO name, index_name FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid
  WHERE c.relname = wanted AND c.relkind = 'r' AND c.relnamespace = 'gokajo'::regnamespace AND i.indisvalid AND i.indpred IS NULL
  ORDER BY i.indexrelid LIMIT 1;
  IF name IS NULL THEN RETURN; END IF;  -- a day that is gone by now
  EXECUTE format('CLUSTER %I USING %s', name, index_name);
  EXECUTE format('ANALYZE %I', name);
END $$;
REVOKE ALL ON FUNCTION write_anew(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION write_anew(text) TO gokajo_hub;
-- step 8
ALTER TABLE devices ADD COLUMN name word NOT NULL DEFAULT '', ADD COLUMN heard_day bigint NOT NULL DEFAULT 0,
  ADD COLUMN state word NOT NULL DEFAULT 'open';
ALTER TABLE findings ADD COLUMN to_do word NOT NULL DEFAULT 'none', ADD COLUMN situation word NOT NULL DEFAULT '', ADD COLUMN late_since bigint;
UPDATE devices SET name = CASE WHEN label = '' THEN host_name ELSE label END, heard_day = (coalesce(last_receipt, enrolled) + 32400) / 86400;
-- Who is catching up is known again with the first judging, a moment after the start.
UPDATE findings AS f SET situation = coalesce(w.forms::text::json -> f.place::int -> 'finding' ->> 'situation', ''),
  to_do = CASE WHEN w.forms::text::json -> f.place::int ->> 'exception' IS NULL THEN 'now' ELSE 'excepted' END
  FROM finding_forms AS w WHERE w.tenant = f.tenant AND w.device = f.device AND f.required = 1 AND f.verdict = 'fail';
UPDATE devices AS d SET state = CASE
  WHEN EXISTS (SELECT 1 FROM findings AS f WHERE f.tenant = d.tenant AND f.device = d.device AND to_do = 'now') THEN 'to_do'
  WHEN NOT EXISTS (SELECT 1 FROM rules AS r WHERE r.tenant = d.tenant AND r.device = d.device AND verdict <> 'unknown') OR
    EXISTS (SELECT 1 FROM rules AS r WHERE r.tenant = d.tenant AND r.device = d.device AND verdict = 'unknown') OR
    EXISTS (SELECT 1 FROM findings AS f WHERE f.tenant = d.tenant AND f.device = d.device AND to_do = 'excepted') THEN 'open'
  ELSE coalesce((SELECT 'ask ' || string_agg(rule, ' ' ORDER BY rule) FROM rules AS r WHERE r.tenant = d.tenant AND r.device = d.device AND
    verdict = 'ask'), 'fine') END;
INSERT INTO counters (tenant, what, verdict, devices) SELECT tenant, 'state/', state, count(*) FROM devices WHERE standing = 'approved' GROUP BY tenant, state;
INSERT INTO counters (tenant, what, verdict, devices) SELECT tenant, 'check/' || check_id, verdict, count(*) FROM findings JOIN devices
  USING (tenant, device) WHERE standing = 'approved' GROUP BY tenant, check_id, verdict;
CREATE INDEX devices_by_name ON devices (tenant, name, device) INCLUDE (standing, worst, label, host_name) WHERE standing <> 'removed';
CREATE INDEX devices_by_worst ON devices (tenant, worst, name, device) INCLUDE (standing) WHERE standing = 'approved';
CREATE INDEX devices_by_group ON devices (tenant, group_name, name, device) INCLUDE (standing, worst) WHERE standing <> 'removed' AND group_name <> '';
CREATE INDEX devices_by_heard ON devices (tenant, heard_day, device) INCLUDE (standing) WHERE standing <> 'removed';
CREATE INDEX devices_resting ON devices (tenant, device) WHERE resting_until IS NOT NULL;
CREATE INDEX devices_others ON devices (tenant, device) WHERE standing <> 'approved';
CREATE INDEX rules_by_verdict ON rules (tenant, verdict, rule, device);
DROP INDEX findings_failing, findings_asking, findings_by_check;
CREATE INDEX findings_by_check ON findings (tenant, check_id, verdict, device);
CREATE INDEX findings_to_do ON findings (tenant, to_do, check_id, situation, late_since NULLS FIRST, device) INCLUDE (rule) WHERE to_do <> 'none';
CREATE INDEX changes_by_kind ON changes (tenant, kind, at, id);
DROP TABLE page_keys;
-- step 9
-- What the asset ledger says of a PC; of older rows it is known with the first judging, a moment after the start.
ALTER TABLE devices ADD COLUMN system word NOT NULL DEFAULT '';
ALTER TABLE devices ADD COLUMN vendor word NOT NULL DEFAULT '';
ALTER TABLE devices ADD COLUMN model word NOT NULL DEFAULT '';
ALTER TABLE devices ADD COLUMN memory_mib bigint NOT NULL DEFAULT 0;
-- step 10
-- As in schema.sql.
ALTER TABLE devices ADD COLUMN silent_at bigint, ADD COLUMN verdicts word NOT NULL DEFAULT '',
  ADD COLUMN search word NOT NULL DEFAULT '';
UPDATE devices AS d SET search = lower((label || chr(10) || host_name) COLLATE "C"), verdicts = coalesce((SELECT ' ' || string_agg(rule || '=' || verdict, ' ' ORDER BY rule) || ' ' FROM rules AS r
  WHERE r.tenant = d.tenant AND r.device = d.device), '');
INSERT INTO counters (tenant, what, verdict, devices) SELECT tenant, 'cause/' || check_id || '/' || situation, rule, count(*) FROM findings JOIN devices
  USING (tenant, device) WHERE to_do = 'now' AND standing = 'approved' GROUP BY tenant, check_id, situation, rule;
CREATE INDEX devices_marked ON devices (tenant, name, device) INCLUDE (silent_at) WHERE silent_at IS NOT NULL;
DROP INDEX devices_by_name, devices_by_worst, devices_by_group, devices_by_heard;
CREATE INDEX devices_by_name ON devices (tenant, name, device) INCLUDE (standing, worst, silent_at, search, verdicts) WHERE standing <> 'removed';
CREATE INDEX devices_by_worst ON devices (tenant, worst, name, device) INCLUDE (standing, silent_at, verdicts) WHERE standing = 'approved';
CREATE INDEX devices_by_group ON devices (tenant, group_name, name, device) INCLUDE (standing, worst, silent_at, search, verdicts) WHERE standing <> 'removed' AND group_name <> '';
CREATE INDEX devices_by_heard ON devices (tenant, heard_day, device) INCLUDE (standing, silent_at) WHERE standing <> 'removed';
DROP INDEX changes_by_kind;
CREATE INDEX changes_of_rules ON changes (tenant, at, id) INCLUDE (device, subject, before, after, seen_at) WHERE kind = 'rule';
-- step 11
CREATE TABLE evidence_packs (
  tenant word NOT NULL REFERENCES companies, number bigint NOT NULL, kind word NOT NULL, period_from bigint NOT NULL,
  period_until bigint NOT NULL, made bigint NOT NULL, manifest word NOT NULL, key word NOT NULL, size bigint NOT NULL, who word NOT NULL,
  kept_until bigint NOT NULL, PRIMARY KEY (tenant, number)
);
SELECT fence('evidence_packs'::regclass, true);
-- step 12
INSERT INTO counters (tenant, what, verdict, devices) SELECT tenant, CASE WHEN silent_at IS NULL THEN '' ELSE 'silent/' END || 'worst/', worst, count(*)
  FROM devices WHERE standing = 'approved' GROUP BY tenant, silent_at IS NULL, worst;
-- step 13
-- What was last read of each public feed. items: the last good copy; good: when it was last found to be so; problem: of the last try.
CREATE TABLE feeds (
  feed word PRIMARY KEY, address word NOT NULL, etag word NOT NULL, modified word NOT NULL, items word NOT NULL, good bigint, tried bigint,
  problem word NOT NULL
);

-- Briefings of one company: what the hub proposed, and what a person made of it.
CREATE TABLE company_briefings (
  tenant word NOT NULL REFERENCES companies, briefing word NOT NULL, state word NOT NULL, month word NOT NULL, published bigint NOT NULL,
  sha256 word NOT NULL, text word NOT NULL, about word NOT NULL, made bigint NOT NULL, decided bigint, who word NOT NULL,
  PRIMARY KEY (tenant, briefing)
);
CREATE INDEX company_briefings_by_age ON company_briefings (made);
SELECT fence('feeds'::regclass, false), fence('company_briefings'::regclass, true);
-- step 14
-- Companies whose PCs are judged again just now, in the order of their ids: last is the newest that was, judged how many of pcs were.
CREATE TABLE rejudgings (
  tenant word PRIMARY KEY REFERENCES companies, begun bigint NOT NULL, last word NOT NULL, judged bigint NOT NULL, pcs bigint NOT NULL
);
SELECT fence('rejudgings'::regclass, true);
-- step 15
-- Pages are answered from indexes alone where a table's pages are known to hold nothing newer, which VACUUM notes. Each report moves a row
-- of devices, so these are vacuumed long before a fifth of them (the default) moved: 2,000 of 100,000 made lists half as long again.
ALTER TABLE devices SET (autovacuum_vacuum_scale_factor = 0.005, autovacuum_analyze_scale_factor = 0.05);
ALTER TABLE findings SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.05);
