-- What haidang_sees says, with the settings read once a statement instead of once a row, as for alerts and clusters:
-- a search of incidents looks at every row.
drop policy incident_scope on incident;
create policy incident_scope on incident
  using (
    tlp_rank <= (select nullif(current_setting('haidang.tlp', true), '')::int)
    and (
      (select current_setting('haidang.organisations', true) = '*')
      or organisation_id = any (
        (select string_to_array(current_setting('haidang.organisations', true), ','))::text[])))
  with check (haidang_sees(organisation_id, tlp_rank));

-- The sharing groups of who reads, and whether one of the organisations read for is an active member.
create function haidang_reader_groups() returns text[]
language sql stable parallel safe
as $$
  select coalesce(array_agg(distinct g), '{}')
  from unnest(string_to_array(current_setting('haidang.organisations', true), ',')) as reader
  cross join lateral unnest(haidang_groups_of(reader)) as g
$$;
create function haidang_reader_is_member() returns boolean
language sql stable parallel safe
as $$
  select coalesce(bool_or(haidang_active_member(reader)), false)
  from unnest(string_to_array(current_setting('haidang.organisations', true), ',')) as reader
$$;
drop policy incident_select on incident;
create policy incident_select on incident
  for select using (
    (select current_setting('haidang.actor', true)) = any (told_people)
    or tlp_rank <= (select nullif(current_setting('haidang.tlp', true), '')::int) and (
      tlp_rank = 0 and (select current_setting('haidang.organisations', true) <> '')
      or tlp_rank <= 3 and told_organisations && (
        select string_to_array(current_setting('haidang.organisations', true), ',')::text[])
      or tlp_rank <= 2 and told_groups && (select haidang_reader_groups())
      or tlp_rank = 1 and (select haidang_reader_is_member())));
