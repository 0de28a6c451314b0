-- Parsing kept rejects again: what was chosen, and how far it is.
create table reject_replay (
  id text primary key,
  organisation_id text not null,
  -- Who asked, and what they may see: a replay reads no reject its author may not.
  scope jsonb not null,
  choice jsonb not null,
  format text,
  state text not null,
  total bigint not null,
  done bigint not null,
  events bigint not null,
  -- Rejects up to here are looked at; those above the last one it began with belong to the next replay.
  after_id text not null,
  last_id text not null,
  problem text,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index reject_replay_created on reject_replay (created_at, id);
create index reject_replay_running on reject_replay (created_at) where state = 'running';
alter table reject_replay enable row level security;
alter table reject_replay force row level security;
create policy reject_replay_scope on reject_replay
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- The step a replay is at, with what was made of it: durable before the first event of it is written, so that a
-- repeat after a kill writes the same.
create table reject_replay_step (
  replay_id text primary key references reject_replay (id),
  last_id text not null,
  records integer not null,
  rows bytea not null,
  alerts jsonb not null,
  parsed jsonb not null
);
alter table reject_replay_step enable row level security;
alter table reject_replay_step force row level security;
create policy reject_replay_step_of_node on reject_replay_step
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- What a reject was read as when it became an event; null: as its source said then.
alter table reject add column replayed_as text;
