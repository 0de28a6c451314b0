-- Of an organisation's people those with a role over the whole node read its things too.
create or replace function haidang_audience(
  owner text, rank int, told boolean, organisations text[], groups text[], parties text[], permission text)
returns table (id text, name text, why text, through text[], people int)
language sql stable
set haidang.organisations = '*' set haidang.tlp = '4'
as $$
  select o.id, o.name, r.why,
    case r.why when 'group' then (
      select array_agg(g) from unnest(groups) as g where g = any (haidang_groups_of(o.id))
    ) else '{}' end,
    (select count(*)::int from person p join role on role.id = p.role_id
      where p.organisation_id = o.id and not p.disabled and role.permissions ? permission
        and array_position(array['clear', 'green', 'amber', 'amber+strict', 'red'], role.clearance) > rank)
  from organisation o
  cross join lateral (
    select case
      when o.id = owner then 'owner'
      when o.id = any (parties) then 'party'
      when told then haidang_tells(rank, organisations, groups, o.id)
    end as why) r
  where r.why is not null
$$;
