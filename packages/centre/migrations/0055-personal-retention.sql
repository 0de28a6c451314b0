-- How long records about people are kept: every version, added and never changed. None: as shipped.
create table personal_retention (
  version integer primary key check (version > 0),
  rules jsonb not null,
  reason text not null,
  actor_id text not null,
  changed_by text not null,
  changed_at timestamptz not null
);
comment on table personal_retention is 'append-only: the history of the retention of records about people';

-- At most one row: when what was beyond its period was removed last.
create table personal_retention_run (
  id smallint primary key default 1 check (id = 1),
  ran_at timestamptz not null
);

do $$
declare name text;
begin
  foreach name in array array['personal_retention', 'personal_retention_run'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy %I on %I using (haidang_sees(null, 0)) with check (haidang_sees(null, 0))',
      name || '_of_node', name);
  end loop;
end $$;
