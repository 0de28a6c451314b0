-- What belongs to an incident is as confidential as the incident, and the same organisation's: foreign keys over
-- these three columns follow it in the same statement.
alter table incident add constraint incident_reach unique (id, organisation_id, tlp_rank);

create table task (
  id text primary key,
  incident_id text not null,
  -- The organisation struck.
  organisation_id text not null,
  tlp_rank smallint not null,
  incident_number text not null,
  position integer not null,
  title text not null,
  details text not null,
  state text not null,
  assignee_id text,
  -- Whoever is to do it sees it, and nothing else of the incident.
  assignee_organisation_id text,
  due_at timestamptz,
  checklist jsonb not null,
  depends_on text[] not null,
  template_id text,
  template_task text,
  clause text not null,
  note text not null,
  simulated boolean not null,
  created_at timestamptz not null,
  created_by_name text not null,
  updated_at timestamptz not null,
  done_at timestamptz,
  done_by_name text not null,
  folded text not null,
  version integer not null,
  foreign key (incident_id, organisation_id, tlp_rank)
    references incident (id, organisation_id, tlp_rank) on update cascade
);
create index task_incident on task (incident_id, position, id);
create index task_due on task (coalesce(due_at, 'infinity'::timestamptz), id);
create index task_unfinished_of on task (assignee_organisation_id)
  where state in ('open', 'doing', 'returned');
create index task_unfinished_by on task (assignee_id) where state in ('open', 'doing', 'returned');
create unique index task_template on task (incident_id, template_id, template_task)
  where template_id is not null;

-- Those of these tasks that wait for another that is not finished, whoever asks: who may not see what it waits for
-- learns that it waits.
create function haidang_tasks_blocked(asked text[]) returns setof text
language sql stable
set haidang.organisations = '*' set haidang.tlp = '4'
as $$
  select t.id from task t
  where t.id = any (asked) and exists (
    select from task needed
    where needed.id = any (t.depends_on) and needed.state in ('open', 'doing', 'returned'))
$$;

-- Generated from src/row-access.ts.
alter table task enable row level security;
alter table task force row level security;
create policy task_scope on task
  using (haidang_sees(organisation_id, tlp_rank) or haidang_sees(assignee_organisation_id, tlp_rank))
  with check (haidang_sees(organisation_id, tlp_rank) or haidang_sees(assignee_organisation_id, tlp_rank));

update role set permissions = permissions || '["task.read"]'
  where permissions ? 'incident.read' or permissions ? 'order.answer';
update role set permissions = permissions || '["task.answer"]'
  where permissions ? 'incident.handle' or permissions ? 'order.answer';
