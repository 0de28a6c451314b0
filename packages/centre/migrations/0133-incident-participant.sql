-- Organisations that take part in an incident beside the one struck, and what of it each may see. Organisation and TLP
-- are the incident's and follow it.
create table incident_participant (
  id text primary key,
  incident_id text not null,
  -- The organisation struck.
  organisation_id text not null,
  tlp_rank smallint not null,
  participant_id text not null references organisation (id),
  role text not null,
  sees text not null,
  may_note boolean not null,
  note text not null,
  added_at timestamptz not null,
  added_by_name text not null,
  version integer not null,
  unique (incident_id, participant_id),
  check (participant_id <> organisation_id),
  foreign key (incident_id, organisation_id, tlp_rank)
    references incident (id, organisation_id, tlp_rank) on update cascade
);
create index incident_participant_of on incident_participant (participant_id, incident_id);

-- Generated from src/row-access.ts. RED names people: no organisation reads it for taking part.
alter table incident_participant enable row level security;
alter table incident_participant force row level security;
create policy incident_participant_scope on incident_participant
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));
create policy incident_participant_select on incident_participant
  for select using (participant_id is not null and haidang_sees(participant_id, tlp_rank));

drop policy incident_observable_scope on incident_observable;
create policy incident_select_3 on incident for select using (id in (select p.incident_id from incident_participant p
    where p.tlp_rank <= 3 and (p.tlp_rank <= (select nullif(current_setting('haidang.tlp', true), '')::int)
    and ((select current_setting('haidang.organisations', true) = '*')
      or p.participant_id = any (
        (select string_to_array(current_setting('haidang.organisations', true), ','))::text[])))));
create policy incident_observable_scope on incident_observable for select using (incident_id in (select id from incident where (tlp_rank <= (select nullif(current_setting('haidang.tlp', true), '')::int)
    and ((select current_setting('haidang.organisations', true) = '*')
      or organisation_id = any (
        (select string_to_array(current_setting('haidang.organisations', true), ','))::text[]))) or (
  (select current_setting('haidang.actor', true)) = any (told_people)
  or tlp_rank <= (select nullif(current_setting('haidang.tlp', true), '')::int) and (
    tlp_rank = 0 and (select current_setting('haidang.organisations', true) <> '')
    or tlp_rank <= 3 and told_organisations && (
      select string_to_array(current_setting('haidang.organisations', true), ',')::text[])
    or tlp_rank <= 2 and told_groups && (select haidang_reader_groups())
    or tlp_rank = 1 and (select haidang_reader_is_member()))) or (shown_to is not null and haidang_sees(shown_to, tlp_rank))) or incident_id in (select p.incident_id from incident_participant p
    where p.sees <> 'summary' and p.tlp_rank <= 3 and (p.tlp_rank <= (select nullif(current_setting('haidang.tlp', true), '')::int)
    and ((select current_setting('haidang.organisations', true) = '*')
      or p.participant_id = any (
        (select string_to_array(current_setting('haidang.organisations', true), ','))::text[])))));

-- What those who take part in an incident and see its story read of it: who did what, in words, and what state it came
-- to; not the whole rows the journal keeps for its owner, and nothing of what hangs on the incident and is others'.
-- Whom the rows are shown to is decided with the reader's own settings, before the function looks beyond them.
create function haidang_incident_story(asked text[]) returns table (
  seq bigint, id text, "time" timestamptz, type text, actor_name text, reason text, subject text, before jsonb, after jsonb)
language plpgsql
as $$
declare
  organisations text := current_setting('haidang.organisations', true);
  tlp text := current_setting('haidang.tlp', true);
  shared text[];
begin
  select array_agg(p.incident_id) into shared from incident_participant p
    where p.incident_id = any (asked) and p.sees <> 'summary' and p.tlp_rank <= 3
      and p.participant_id = any (string_to_array(organisations, ','))
      and not p.organisation_id = any (string_to_array(organisations, ','));
  if shared is null then return; end if;
  perform set_config('haidang.organisations', '*', true), set_config('haidang.tlp', '4', true);
  return query
    select j.seq, j.id, j.time, j.type, j.actor_name, j.reason, j.subject, null::jsonb,
      case when j.type in ('incident.moved', 'incident.graded', 'incident.noted') then jsonb_strip_nulls(
        jsonb_build_object('state', j.after->'state', 'grade', j.after->'grade',
          'organisation_name', j.after->'organisation_name', 'mentions', j.after->'mentions')) end
    from journal j
    where j.subject = any (shared) and j.tlp_rank <= least(nullif(tlp, '')::int, 3)
      and j.type in ('incident.opened', 'incident.updated', 'incident.moved', 'incident.noted', 'incident.graded',
        'incident.fact-recorded', 'incident.observables-added', 'incident.observable-changed',
        'incident.observable-removed');
  perform set_config('haidang.organisations', organisations, true), set_config('haidang.tlp', tlp, true);
end $$;

-- How many people of an organisation may read things of this rank, whoever asks.
create function haidang_readers_at(asked text, rank int, permission text) returns int
language sql stable
set haidang.organisations = '*' set haidang.tlp = '4'
as $$
  select count(*)::int from person p join role on role.id = p.role_id
  where p.organisation_id = asked and not p.disabled and role.scope = 'organisation'
    and role.permissions ? permission
    and array_position(array['clear', 'green', 'amber', 'amber+strict', 'red'], role.clearance) > rank
$$;
