-- Whose what was seen is by the register of systems, beside who sensed or handles it. `shown_to`: its owner, where that
-- one may read it beside who has it.
alter table alert
  add column system_id text,
  add column owner_id text,
  add column owner_range text,
  add column shown_to text,
  -- Whether the register was asked yet.
  add column attributed boolean not null default false;
create index alert_unattributed on alert (cluster_id) where not attributed;
create index alert_system on alert (system_id, time, id) where system_id is not null;
create index alert_shown on alert (shown_to, time, id) where shown_to is not null;
create policy alert_shown on alert for select
  using (shown_to is not null and haidang_sees(shown_to, tlp_rank));

-- An alert that is shown to its owner lies alone: a pack holds those of others.
alter table alert_body add column shown_to text;
create policy alert_body_shown on alert_body for select
  using (shown_to is not null and haidang_sees(shown_to, tlp_rank));

alter table cluster
  add column system_id text,
  add column owner_id text,
  add column owner_range text,
  add column shown_to text;
create index cluster_shown on cluster (shown_to, last_time, id) where shown_to is not null;
create policy cluster_shown on cluster for select
  using (shown_to is not null and haidang_sees(shown_to, tlp_rank));

alter table incident
  add column system_id text,
  add column owner_id text,
  add column owner_range text,
  add column shown_to text;
create index incident_shown on incident (shown_to, opened_at, id) where shown_to is not null;
create policy incident_shown on incident for select
  using (shown_to is not null and haidang_sees(shown_to, tlp_rank));

-- Said to be right by who may approve for the whole node: only such a range shows its owner what others sensed.
alter table system_range add column confirmed boolean not null default false;

-- Changes of the register after which what is stored is attributed anew, and how far that is.
create table attribution_change (
  id text primary key,
  organisation_id text,
  tlp_rank smallint not null,
  system_id text,
  cause text not null check (cause in ('ranges', 'import', 'upgrade')),
  actor_id text not null,
  actor_name text not null,
  ranges jsonb not null,
  range_count integer not null,
  -- Only what was seen in these seconds can be another's now.
  from_second bigint not null,
  until_second bigint not null,
  state text not null check (state in ('waiting', 'running', 'done')),
  total integer not null default 0,
  examined integer not null default 0,
  cursor_time text not null default '-infinity',
  cursor_id text not null default '',
  created_at timestamptz not null,
  ended_at timestamptz
);
create index attribution_change_created on attribution_change (created_at, id);
create index attribution_change_open on attribution_change (created_at) where state <> 'done';
alter table attribution_change enable row level security;
alter table attribution_change force row level security;
create policy attribution_change_scope on attribution_change
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

-- Whose it was and whose it is, of what changed hands by a change.
create table attribution_step (
  change_id text not null references attribution_change (id),
  subject_id text not null,
  id text not null unique,
  kind text not null check (kind in ('alert', 'incident')),
  organisation_id text not null,
  tlp_rank smallint not null,
  shown_to text,
  was jsonb,
  is_now jsonb,
  at timestamptz not null,
  primary key (change_id, subject_id)
);
create index attribution_step_subject on attribution_step (subject_id, at);
alter table attribution_step enable row level security;
alter table attribution_step force row level security;
create policy attribution_step_scope on attribution_step
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));
create policy attribution_step_shown on attribution_step for select
  using (shown_to is not null and haidang_sees(shown_to, tlp_rank));
