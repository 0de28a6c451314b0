-- The library of rules: a row for each rule, a row for each of its texts.
create table library_rule (
  id text primary key,
  organisation_id text not null,
  tlp_rank smallint not null,
  sigma_id text not null,
  title text not null,
  description text not null,
  severity_rank smallint not null,
  logsource jsonb not null,
  tags jsonb not null,
  author text not null,
  path text not null,
  status text not null,
  version integer not null,
  approved_version integer,
  published_version integer,
  author_id text not null,
  author_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  folded text not null
);
create unique index library_rule_sigma on library_rule (sigma_id);
create index library_rule_updated on library_rule (updated_at, id);
create index library_rule_title on library_rule (title, id);
alter table library_rule enable row level security;
alter table library_rule force row level security;
create policy library_rule_scope on library_rule
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

-- Texts stay as they were written; only the verdict of the review is added.
create table library_rule_version (
  rule_id text not null references library_rule (id),
  version integer not null,
  organisation_id text not null,
  tlp_rank smallint not null,
  hash text not null,
  text text not null,
  author_id text not null,
  author_name text not null,
  created_at timestamptz not null,
  verdict text,
  reviewer_id text,
  reviewer_name text,
  reviewed_at timestamptz,
  review_note text not null default '',
  primary key (rule_id, version),
  -- Four eyes: nobody reviews what they wrote.
  check (reviewer_id is null or reviewer_id <> author_id)
);
alter table library_rule_version enable row level security;
alter table library_rule_version force row level security;
create policy library_rule_version_scope on library_rule_version
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

create table rule_tuning (
  id text primary key,
  organisation_id text not null,
  tlp_rank smallint not null,
  rule_id text not null references library_rule (id),
  sigma_id text not null,
  rule_title text not null,
  text text not null,
  selection text not null,
  reason text not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  author_id text not null,
  author_name text not null,
  created_at timestamptz not null
);
create index rule_tuning_rule on rule_tuning (rule_id);
create index rule_tuning_created on rule_tuning (created_at, id);
alter table rule_tuning enable row level security;
alter table rule_tuning force row level security;
create policy rule_tuning_scope on rule_tuning
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

-- A version tried on stored events, within what the asker may see (`scope`).
create table rule_back_test (
  id text primary key,
  organisation_id text not null,
  tlp_rank smallint not null,
  rule_id text not null references library_rule (id),
  version integer not null,
  state text not null,
  scope jsonb not null,
  "from" timestamptz not null,
  "to" timestamptz not null,
  total integer,
  examined integer not null default 0,
  bounded boolean not null default false,
  fired integer not null default 0,
  by_hour jsonb not null default '[]',
  by_host jsonb not null default '[]',
  hits jsonb not null default '[]',
  problem text,
  author_name text not null,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index rule_back_test_rule on rule_back_test (rule_id, created_at, id);
create unique index rule_back_test_open on rule_back_test (rule_id) where state in ('waiting', 'running');
alter table rule_back_test enable row level security;
alter table rule_back_test force row level security;
create policy rule_back_test_scope on rule_back_test
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

-- Analysts write and review; who publishes to every station is the administrator or the coordinator.
update role set permissions = permissions || '["rule.write", "rule.review", "rule.publish"]'
  where id = 'administrator';
update role set permissions = permissions || '["rule.write", "rule.review"]' where id = 'analyst';
update role set permissions = permissions || '["rule.review", "rule.publish"]' where id = 'coordinator';
