-- Every version of a regulation profile that somebody put into force; version 0 is the one shipped, in files.
create table regulation_version (
  profile text not null,
  version integer not null check (version > 0),
  -- First day on which it is what the profile says; among versions of a day the highest counts.
  effective_from text not null,
  regulation jsonb not null,
  reason text not null,
  actor_id text not null,
  actor_name text not null,
  created_at timestamptz not null,
  primary key (profile, version)
);
comment on table regulation_version is 'append-only: the history of regulation profiles';
alter table regulation_version enable row level security;
alter table regulation_version force row level security;
-- Rules are no secret: whoever works under them reckons by them. Only the node itself adds to them.
create policy regulation_version_read on regulation_version for select using (true);
create policy regulation_version_add on regulation_version for insert
  with check (haidang_sees(null, 0));

-- Which profile holds is said by the dates of the profiles.
alter table node_setting drop column regulation;

update role set permissions = permissions || '["setting.read"]';
update role set permissions = permissions || '["setting.manage"]' where id in ('administrator', 'coordinator');
