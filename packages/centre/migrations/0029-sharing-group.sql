-- Organisations that share with each other what nobody else may see (TLP with groups builds on `in_group`).
create table sharing_group (
  id text primary key,
  name text not null,
  purpose text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index sharing_group_name on sharing_group (haidang_fold(name));
create index sharing_group_list on sharing_group (name, id);

create table sharing_group_member (
  group_id text not null references sharing_group (id),
  organisation_id text not null references organisation (id),
  added_at timestamptz not null,
  primary key (group_id, organisation_id)
);
create index sharing_group_member_of on sharing_group_member (organisation_id);

-- Whether the organisations of the caller are in a group. Its body reads all members, or the policy below would ask itself.
create function in_group(asked text, organisations text default current_setting('haidang.organisations', true))
returns boolean
language sql stable
set haidang.organisations = '*' set haidang.tlp = '4'
as $$
  select coalesce(organisations = '*', false) or exists (
    select from sharing_group_member
    where group_id = asked and organisation_id = any (string_to_array(organisations, ',')))
$$;

alter table sharing_group enable row level security;
alter table sharing_group force row level security;
create policy sharing_group_select on sharing_group for select using (in_group(id));
create policy sharing_group_scope on sharing_group
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

alter table sharing_group_member enable row level security;
alter table sharing_group_member force row level security;
-- Who is in a group knows who else is.
create policy sharing_group_member_select on sharing_group_member for select
  using (in_group(group_id));
create policy sharing_group_member_scope on sharing_group_member
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

-- Names of organisations, whoever asks: for who is told by name whom they are under or share with.
create function organisation_names(ids text[]) returns table (id text, name text)
language sql stable
set haidang.organisations = '*' set haidang.tlp = '4'
as $$
  select organisation.id, organisation.name from organisation where organisation.id = any (ids)
$$;
