-- Whom an incident is told beside its owner: organisations, sharing groups, people its owner named.
alter table incident
  add column told_organisations text[] not null default '{}',
  add column told_groups text[] not null default '{}',
  add column told_people text[] not null default '{}';

-- Whether an organisation is an active member of the network, whoever asks.
create function haidang_active_member(asked text) returns boolean
language sql stable parallel safe
set haidang.organisations = '*' set haidang.tlp = '4'
as $$
  select exists (select from organisation where id = asked and membership = 'active')
$$;

-- The sharing groups an organisation is in now, whoever asks; a suspended member is in none.
create function haidang_groups_of(asked text) returns text[]
language sql stable parallel safe
set haidang.organisations = '*' set haidang.tlp = '4'
as $$
  select coalesce(array_agg(m.group_id order by m.group_id), '{}')
  from sharing_group_member m
  join organisation o on o.id = m.organisation_id and o.membership = 'active'
  where m.organisation_id = asked
$$;

-- Why an organisation that is not the owner is told of a row; null: it is not. TLP 2.0: CLEAR is for all,
-- GREEN for the community, AMBER for the organisations and groups addressed, AMBER+STRICT for the
-- organisations addressed one by one, RED for no organisation: it names people. Policies ask this of who
-- reads, the preview of every organisation.
create function haidang_tells(rank int, organisations text[], groups text[], asked text) returns text
language sql stable parallel safe
as $$
  select case
    when asked is null or rank is null then null
    when rank = 0 then 'clear'
    when rank <= 3 and asked = any (organisations) then 'named'
    when rank <= 2 and groups <> '{}' and groups && haidang_groups_of(asked) then 'group'
    when rank = 1 and haidang_active_member(asked) then 'member'
  end
$$;

-- Whether a row is told to who reads, by its TLP and those it is addressed to. What ranks above the reader's
-- clearance is not, but to the people it names.
create function haidang_told(rank int, organisations text[], groups text[], people text[]) returns boolean
language sql stable parallel safe
as $$
  select coalesce(
    current_setting('haidang.actor', true) = any (people)
    or (
      rank <= nullif(current_setting('haidang.tlp', true), '')::int
      and exists (
        select from unnest(string_to_array(current_setting('haidang.organisations', true), ',')) as reader
        where haidang_tells(rank, organisations, groups, reader) is not null)),
    false
  )
$$;

-- Every organisation of the node that a thing of this owner is told, why, through which groups, and how many
-- of its people may read it in a role of their organisation. `parties` take part in it whatever its TLP.
create function haidang_audience(
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
      where p.organisation_id = o.id and not p.disabled and role.scope = 'organisation'
        and role.permissions ? permission
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

-- How many people see things of the whole node up to this rank.
create function haidang_node_readers(rank int, permission text) returns int
language sql stable
set haidang.organisations = '*' set haidang.tlp = '4'
as $$
  select count(*)::int from person p join role on role.id = p.role_id
  where not p.disabled and role.scope = 'node' and role.permissions ? permission
    and array_position(array['clear', 'green', 'amber', 'amber+strict', 'red'], role.clearance) > rank
$$;

-- Generated from the reach `told` of src/row-access.ts.
drop policy incident_select on incident;
create policy incident_select on incident
  for select using (haidang_told(tlp_rank, told_organisations, told_groups, told_people));
drop policy library_rule_select on library_rule;
create policy library_rule_select on library_rule
  for select using (haidang_told(tlp_rank, '{}', '{}', '{}'));
drop policy library_rule_version_select on library_rule_version;
create policy library_rule_version_select on library_rule_version
  for select using (haidang_told(tlp_rank, '{}', '{}', '{}'));
drop function haidang_told(int);
