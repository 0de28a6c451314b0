-- One row: what this node is called and whether it has been set up.
create table node_setting (
  id smallint primary key default 1 check (id = 1),
  name text not null default '',
  language text not null default 'vi',
  regulation text not null default 'vn-2026',
  set_up_at timestamptz
);

alter table node_setting enable row level security;
alter table node_setting force row level security;
-- What the node is called is no secret; only the node itself changes it.
create policy node_setting_read on node_setting for select using (true);
create policy node_setting_of_node on node_setting
  using (haidang_sees(null, 0)) with check (haidang_sees(null, 0));

insert into node_setting default values;
