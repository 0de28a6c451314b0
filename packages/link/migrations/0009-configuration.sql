-- What the parent set at this node last, what became of each setting, and what has to be put back once it ends; one row.
create table directed_configuration (
  one boolean primary key default true check (one),
  parent_id text not null,
  number integer not null,
  set_by text not null,
  set_at timestamptz not null,
  reason text not null,
  settings jsonb not null,
  answers jsonb not null,
  -- Regulation profiles put in place: which version came, and which was there before.
  placed jsonb not null,
  received_at timestamptz not null
);
alter table directed_configuration enable row level security;
alter table directed_configuration force row level security;
create policy directed_configuration_scope on directed_configuration
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- Whether the owner of this node lets the parent set something; what stands here not is as shipped.
create table setting_consent (
  name text primary key,
  allowed boolean not null,
  reason text not null,
  actor_id text not null,
  actor_name text not null,
  decided_at timestamptz not null
);
alter table setting_consent enable row level security;
alter table setting_consent force row level security;
create policy setting_consent_scope on setting_consent
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
