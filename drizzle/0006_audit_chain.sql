-- An instant as the chain tells it: ISO 8601, UTC, milliseconds.
CREATE FUNCTION audit_event_time(at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
  select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;--> statement-breakpoint
-- What is hashed of an event: everything that it tells, as JSON whose text is the same wherever PostgreSQL writes it.
CREATE FUNCTION audit_event_content(e audit_events) RETURNS text LANGUAGE sql STABLE AS $$
  select jsonb_build_object(
    'position', e.position, 'id', e.id, 'at', audit_event_time(e.at), 'actor', e.actor, 'action', e.action,
    'integrationId', e.integration_id, 'subject', e.subject, 'requestId', e.request_id, 'details', e.details
  )::text
$$;--> statement-breakpoint
-- Gives an event its place at the end of the chain. Runs when its transaction commits and waits there for others that
-- commit: the lock is the last thing that a transaction takes, so nobody who holds it waits for anything else.
CREATE FUNCTION seal_audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
declare
  head record;
begin
  perform pg_advisory_xact_lock(7263402);
  select position, hash into head from audit_events where position is not null order by position desc limit 1;
  new.position := coalesce(head.position, 0) + 1;
  new.previous_hash := coalesce(head.hash, repeat('0', 64));
  new.hash := encode(sha256(convert_to(new.previous_hash || E'\n' || audit_event_content(new), 'UTF8')), 'hex');
  update audit_events set position = new.position, previous_hash = new.previous_hash, hash = new.hash
  where seq = new.seq;
  return null;
end
$$;--> statement-breakpoint
-- Sealing is the one change that an event ever sees, once, inside the transaction that wrote it.
CREATE FUNCTION keep_audit_events() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  if tg_op = 'INSERT' then
    new.position := null;
    new.previous_hash := null;
    new.hash := null;
    return new;
  end if;
  if tg_op = 'UPDATE' and old.hash is null and new.hash is not null
    and (to_jsonb(old) - '{position,previous_hash,hash}'::text[]) = (to_jsonb(new) - '{position,previous_hash,hash}'::text[])
  then
    return new;
  end if;
  raise exception 'audit_events is append-only: % is refused', tg_op
    using errcode = 'restrict_violation', hint = 'Nothing in it names a person; see docs/audit.md.';
end
$$;--> statement-breakpoint
-- What was written before there was a chain: first without what tells who somebody is, which stands in exclusions,
-- reclamations and the history of candidates, then sealed in the order in which it was written.
UPDATE audit_events SET details = details - '{reason,owner}'::text[]
  - (CASE WHEN details->>'target' = 'emailPattern' THEN 'value' ELSE '' END)
WHERE action IN ('exclusion.created', 'exclusion.deleted', 'candidate.dismissed', 'reclamation.requested', 'reclamation.planned', 'reclamations.held');--> statement-breakpoint
UPDATE audit_events SET details = details - 'serviceAccountPatterns' WHERE action = 'integration.updated';--> statement-breakpoint
UPDATE audit_events SET details = details - 'name' WHERE action = 'sub-account.removed';--> statement-breakpoint
DO $$
declare
  e audit_events;
  head text := repeat('0', 64);
  place bigint := 0;
begin
  for e in select * from audit_events order by seq loop
    place := place + 1;
    e.position := place;
    e.previous_hash := head;
    head := encode(sha256(convert_to(head || E'\n' || audit_event_content(e), 'UTF8')), 'hex');
    update audit_events set position = place, previous_hash = e.previous_hash, hash = head where seq = e.seq;
  end loop;
end
$$;--> statement-breakpoint
CREATE TRIGGER audit_events_keep BEFORE INSERT OR UPDATE OR DELETE ON audit_events
  FOR EACH ROW EXECUTE FUNCTION keep_audit_events();--> statement-breakpoint
CREATE TRIGGER audit_events_keep_all BEFORE TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_events();--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audit_events_seal AFTER INSERT ON audit_events
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION seal_audit_event();--> statement-breakpoint
-- Also for whoever sets session_replication_role.
ALTER TABLE audit_events ENABLE ALWAYS TRIGGER audit_events_keep;--> statement-breakpoint
ALTER TABLE audit_events ENABLE ALWAYS TRIGGER audit_events_keep_all;--> statement-breakpoint
ALTER TABLE audit_events ENABLE ALWAYS TRIGGER audit_events_seal;
