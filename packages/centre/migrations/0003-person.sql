create table role (
  id text primary key,
  name_vi text not null,
  name_en text not null,
  permissions jsonb not null,
  clearance text not null,
  scope text not null check (scope in ('node', 'organisation'))
);

-- What roles there are is no secret to anybody who is signed in; only the node changes them.
alter table role enable row level security;
alter table role force row level security;
create policy role_read on role for select using (true);
create policy role_of_node on role using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

create table person (
  id text primary key,
  organisation_id text not null references organisation (id),
  name text not null,
  email text not null,
  role_id text not null references role (id),
  language text not null,
  disabled boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index person_email on person (lower(email));
create index person_name on person (name, id);
create index person_organisation on person (organisation_id);

alter table person enable row level security;
alter table person force row level security;
create policy person_scope on person
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

create table api_key (
  id text primary key,
  organisation_id text not null references organisation (id),
  role_id text not null references role (id),
  name text not null,
  secret_hash text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create unique index api_key_secret on api_key (secret_hash);
create index api_key_created on api_key (created_at, id);

alter table api_key enable row level security;
alter table api_key force row level security;
create policy api_key_scope on api_key
  using (haidang_sees(organisation_id, 0)) with check (haidang_sees(organisation_id, 0));

-- Permissions are listed one by one, so that a new permission is given to a role knowingly, by a migration.
insert into role (id, name_vi, name_en, clearance, scope, permissions) values
  ('administrator', 'Quản trị viên', 'Administrator', 'red', 'node', '[
    "overview.read", "live.read", "organisation.read", "organisation.manage", "person.read", "person.manage",
    "key.manage", "station.read", "station.manage", "source.read", "source.manage", "ingest.write", "event.read",
    "rule.read", "rule.manage", "alert.read", "alert.triage", "incident.read", "incident.handle",
    "incident.close", "order.read", "order.issue", "order.answer", "audit.read"]'),
  ('watch-officer', 'Cán bộ trực ban', 'Watch officer', 'amber+strict', 'node', '[
    "overview.read", "live.read", "organisation.read", "person.read", "station.read", "source.read", "event.read",
    "rule.read", "alert.read", "alert.triage", "incident.read", "incident.handle", "order.read"]'),
  ('analyst', 'Chuyên viên phân tích', 'Analyst', 'red', 'node', '[
    "overview.read", "live.read", "organisation.read", "person.read", "station.read", "source.read", "event.read",
    "rule.read", "rule.manage", "alert.read", "alert.triage", "incident.read", "incident.handle", "order.read"]'),
  ('coordinator', 'Cán bộ điều phối', 'Coordinator', 'red', 'node', '[
    "overview.read", "live.read", "organisation.read", "person.read", "station.read", "event.read", "rule.read",
    "alert.read", "alert.triage", "incident.read", "incident.handle", "incident.close", "order.read",
    "order.issue", "order.answer"]'),
  ('station-operator', 'Vận hành trạm', 'Station operator', 'amber+strict', 'node', '[
    "overview.read", "live.read", "organisation.read", "person.read", "station.read", "station.manage",
    "source.read", "source.manage", "ingest.write", "event.read", "rule.read", "rule.manage", "alert.read"]'),
  ('focal-point', 'Đầu mối ứng cứu', 'Focal point', 'amber+strict', 'organisation', '[
    "overview.read", "live.read", "organisation.read", "person.read", "station.read", "event.read", "alert.read",
    "incident.read", "order.read", "order.answer"]'),
  ('leader', 'Lãnh đạo', 'Leader', 'red', 'node', '[
    "overview.read", "live.read", "organisation.read", "person.read", "station.read", "alert.read",
    "incident.read", "order.read", "audit.read"]');
