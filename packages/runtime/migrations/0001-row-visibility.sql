-- Who may see a row. Every policy of every table asks this one function.
-- Settings are those of the transaction: haidang.organisations ('*' or a comma list) and haidang.tlp
-- (highest rank visible). Without them nothing is visible. A row of nobody (organisation null) is the
-- node's own and visible to '*' alone.
create function haidang_sees(organisation_id text, tlp_rank int) returns boolean
language sql stable parallel safe
as $$
  select coalesce(
    tlp_rank <= nullif(current_setting('haidang.tlp', true), '')::int
    and (
      current_setting('haidang.organisations', true) = '*'
      or organisation_id = any (string_to_array(current_setting('haidang.organisations', true), ','))
    ),
    false
  )
$$;

alter table migration enable row level security;
alter table migration force row level security;
create policy migration_of_node on migration
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));
