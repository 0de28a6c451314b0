-- Deadlines under way, and the steps of reminding and escalating that each takes once.
create table deadline (
  id text primary key,
  subject_kind text not null,
  subject_id text not null,
  subject_label text not null,
  organisation_id text not null,
  watcher_id text,
  tlp_rank smallint not null,
  assignee_id text,
  simulated boolean not null,
  grade text,
  key text not null,
  trigger text,
  from_at timestamptz not null,
  name jsonb not null,
  rule jsonb,
  due_at timestamptz,
  missing_year integer,
  state text not null,
  met_at timestamptz,
  note text not null,
  acknowledged_at timestamptz,
  acknowledged_by text,
  round integer not null,
  unique (subject_id, organisation_id, key)
);
create index deadline_due on deadline (coalesce(due_at, 'infinity'::timestamptz), id);
create index deadline_of on deadline (organisation_id, coalesce(due_at, 'infinity'::timestamptz), id);
create index deadline_open on deadline (id) where state in ('running', 'passed');

create table deadline_step (
  deadline_id text not null references deadline (id),
  organisation_id text not null,
  watcher_id text,
  tlp_rank smallint not null,
  round integer not null,
  step text not null,
  name jsonb not null,
  kind text not null,
  at timestamptz not null,
  tell jsonb not null,
  until_acknowledged boolean not null,
  state text not null,
  taken_at timestamptz,
  late boolean not null,
  primary key (deadline_id, round, step)
);
create index deadline_step_planned on deadline_step (at) where state = 'planned';

-- Generated from the reach `addressed` of src/row-access.ts.
alter table deadline enable row level security;
alter table deadline force row level security;
create policy deadline_scope on deadline
  using (haidang_sees(organisation_id, tlp_rank) or haidang_sees(watcher_id, tlp_rank))
  with check (haidang_sees(organisation_id, tlp_rank) or haidang_sees(watcher_id, tlp_rank));
alter table deadline_step enable row level security;
alter table deadline_step force row level security;
create policy deadline_step_scope on deadline_step
  using (haidang_sees(organisation_id, tlp_rank) or haidang_sees(watcher_id, tlp_rank))
  with check (haidang_sees(organisation_id, tlp_rank) or haidang_sees(watcher_id, tlp_rank));

update role set permissions = permissions || '["deadline.read"]'
  where permissions ? 'incident.read' or permissions ? 'order.read';
update role set permissions = permissions || '["deadline.handle"]'
  where permissions ? 'incident.handle' or permissions ? 'order.answer';
