-- The register of information systems (1017 II.3.c). The owner's organisation decides who sees a row; who operates it sees it too.
create table information_system (
  id text primary key,
  organisation_id text not null references organisation (id),
  operator_id text references organisation (id),
  tlp_rank smallint not null,
  code text not null,
  name text not null,
  folded_name text not null,
  purpose text not null,
  level smallint check (level between 1 and 5),
  level_approval text not null,
  level_decision jsonb,
  importance jsonb not null,
  declaration jsonb not null,
  software jsonb not null,
  services jsonb not null,
  log_sources jsonb not null,
  station_ids jsonb not null,
  direct_stage text not null,
  indirect_stage text not null,
  range_count integer not null default 0,
  completeness smallint not null,
  missing jsonb not null,
  -- Rules the score was reckoned by.
  completeness_profile text not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index information_system_code on information_system (organisation_id, lower(code));
create index information_system_name on information_system (name, id);
create index information_system_completeness on information_system (completeness, id);
create index information_system_updated on information_system (updated_at, id);
create index information_system_operator on information_system (operator_id) where operator_id is not null;

alter table information_system enable row level security;
alter table information_system force row level security;
create policy information_system_scope on information_system
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));
create policy information_system_operated on information_system for select
  using (operator_id is not null and haidang_sees(operator_id, tlp_rank));

-- What belongs to a system and when: seconds since the epoch, 0 since ever, 4294967295 for no end.
create table system_range (
  id text primary key,
  system_id text not null references information_system (id),
  organisation_id text not null,
  kind text not null,
  -- In canonical form; what many have inside (10.0.0.0/8 …) is told apart by its organisation.
  text text not null,
  owner_key text not null,
  valid_from date,
  valid_to date,
  from_second bigint not null,
  until_second bigint not null,
  note text not null,
  check (from_second < until_second)
);
create index system_range_key on system_range (text, kind, owner_key);
create index system_range_system on system_range (system_id, text, id);

alter table system_range enable row level security;
alter table system_range force row level security;
-- Seen by who sees its system, changed by who acts for the owner.
create policy system_range_seen on system_range for select
  using (system_id in (select id from information_system));
create policy system_range_added on system_range for insert
  with check (haidang_sees(organisation_id, 0) and system_id in (select id from information_system));
create policy system_range_changed on system_range for update
  using (haidang_sees(organisation_id, 0) and system_id in (select id from information_system))
  with check (haidang_sees(organisation_id, 0) and system_id in (select id from information_system));
create policy system_range_removed on system_range for delete
  using (haidang_sees(organisation_id, 0) and system_id in (select id from information_system));

-- Which of these keys somebody holds in these seconds, whoever asks: that a range is taken may be known to who wants
-- it; whose it is, the caller's own scope must show.
create function system_range_holders(texts text[], kinds text[], owner_keys text[], froms bigint[], untils bigint[])
returns table (place bigint, range_id text, system_id text, organisation_id text)
language sql stable
set haidang.organisations = '*' set haidang.tlp = '4'
as $$
  select wanted.place, held.id, held.system_id, held.organisation_id
  from unnest(texts, kinds, owner_keys, froms, untils) with ordinality
    as wanted(text, kind, owner_key, from_second, until_second, place)
  join system_range held on held.text = wanted.text and held.kind = wanted.kind
    and held.owner_key = wanted.owner_key
    and held.from_second < wanted.until_second and wanted.from_second < held.until_second
$$;

update role set permissions = permissions || '["system.read"]'
  where id in ('administrator', 'watch-officer', 'analyst', 'coordinator', 'station-operator', 'focal-point', 'leader');
update role set permissions = permissions || '["system.manage"]'
  where id in ('administrator', 'coordinator', 'focal-point');
update role set permissions = permissions || '["system.approve"]' where id in ('administrator', 'coordinator');
