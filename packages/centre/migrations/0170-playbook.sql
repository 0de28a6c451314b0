-- Response plans of organisations: a playbook, what is being written, and every version that was published.
create table playbook (
  id text primary key,
  organisation_id text not null,
  tlp_rank smallint not null,
  name jsonb not null,
  types text[] not null,
  -- The last version that was published; 0: none was.
  published integer not null,
  has_draft boolean not null,
  -- Organisations below its own read it, once it is published.
  for_subordinates boolean not null,
  valid_from date,
  retired_from date,
  retired_reason text not null,
  reviewed_on date,
  review_by date,
  changed_by text not null,
  updated_at timestamptz not null,
  revision integer not null,
  folded text generated always as (haidang_fold((name ->> 'vi') || ' ' || (name ->> 'en'))) stored,
  -- TLP:AMBER+STRICT and TLP:RED do not leave the organisation.
  check (not for_subordinates or tlp_rank <= 2)
);
create index playbook_newest on playbook (updated_at, id);
create index playbook_of on playbook (organisation_id);

create table playbook_draft (
  playbook_id text primary key references playbook (id) on delete cascade,
  organisation_id text not null,
  content jsonb not null
);

create table playbook_version (
  playbook_id text not null references playbook (id),
  version integer not null,
  organisation_id text not null,
  valid_from date not null,
  reason text not null,
  content jsonb not null,
  published_at timestamptz not null,
  published_by text not null,
  primary key (playbook_id, version)
);
create function playbook_version_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a published version does not change' using errcode = 'check_violation';
end
$$;
create trigger playbook_version_stays before update or delete on playbook_version
  for each row execute function playbook_version_stays();
comment on table playbook_version is 'append-only: what was published stays as it was published';

-- The organisations over these on a day, however high.
create function haidang_superiors(below text[], on_day date) returns text[]
language sql stable
set haidang.organisations = '*' set haidang.tlp = '4'
as $$
  with recursive up(id) as (
    select unnest(below)
    union
    select t.parent_id from up
    join organisation_tie t on t.organisation_id = up.id and t.kind = 'parent'
      and daterange(t.valid_from, t.valid_to, '[]') @> on_day)
  select coalesce(array_agg(id), '{}') from up where id <> all (below)
$$;
-- Those over who reads, today.
create function haidang_reader_superiors() returns text[]
language sql stable
as $$
  select haidang_superiors(
    string_to_array(current_setting('haidang.organisations', true), ','),
    (now() at time zone 'Asia/Ho_Chi_Minh')::date)
$$;

-- Generated from src/row-access.ts.
alter table playbook enable row level security;
alter table playbook force row level security;
create policy playbook_scope on playbook for all
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));
create policy playbook_select on playbook for select
  using (for_subordinates and published > 0
    and tlp_rank <= (select nullif(current_setting('haidang.tlp', true), '')::int)
    and organisation_id = any ((select haidang_reader_superiors())::text[]));
alter table playbook_draft enable row level security;
alter table playbook_draft force row level security;
create policy playbook_draft_scope on playbook_draft for all
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));
alter table playbook_version enable row level security;
alter table playbook_version force row level security;
create policy playbook_version_scope on playbook_version for select
  using (playbook_id in (select id from playbook));
create policy playbook_version_insert on playbook_version for insert
  with check (haidang_sees(organisation_id, 0) and playbook_id in (select id from playbook));
create policy playbook_version_update_2 on playbook_version for update
  using (haidang_sees(organisation_id, 0) and playbook_id in (select id from playbook))
  with check (haidang_sees(organisation_id, 0) and playbook_id in (select id from playbook));
create policy playbook_version_delete_3 on playbook_version for delete
  using (haidang_sees(organisation_id, 0) and playbook_id in (select id from playbook));

-- Which version of what a task was made from, and what that was called then.
alter table task
  add column template_name text not null default '',
  add column template_version integer;
create function task_template_stays() returns trigger language plpgsql as $$
begin
  raise exception 'what a task was made from does not change' using errcode = 'check_violation';
end
$$;
create trigger task_template_stays before update on task for each row
  when ((old.template_id, old.template_task, old.template_name, old.template_version)
    is distinct from (new.template_id, new.template_task, new.template_name, new.template_version))
  execute function task_template_stays();

update role set permissions = permissions || '["playbook.read"]' where permissions ? 'incident.read';
update role set permissions = permissions || '["playbook.manage"]'
  where id in ('administrator', 'coordinator', 'focal-point');
