-- Contents of rule sets this node was given, named by their hash. The signed set says which of them count.
create table directed_rule_file (
  sha256 text primary key,
  text text not null
);
alter table directed_rule_file enable row level security;
alter table directed_rule_file force row level security;
create policy directed_rule_file_scope on directed_rule_file
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- The sets: one of the parent, one of this node's own library. The files on disk follow from these rows.
create table directed_rule_set (
  issuer text primary key,
  organisation_id text not null,
  -- Highest number ever taken: an old set sent again is refused.
  last_number integer not null,
  waiting jsonb,
  in_force jsonb,
  active integer not null,
  errors integer not null,
  problem text
);
alter table directed_rule_set enable row level security;
alter table directed_rule_set force row level security;
create policy directed_rule_set_scope on directed_rule_set
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
