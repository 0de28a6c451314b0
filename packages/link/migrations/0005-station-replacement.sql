-- Which station took the place of this one, and what lists ask of the last heartbeat without reading it whole.
alter table station
  add column replaced_by text references station (id),
  add column source_count integer not null default 0,
  add column lacking_sources integer not null default 0;
update station set
  source_count = jsonb_array_length(heartbeat -> 'sources'),
  lacking_sources = (
    select count(*) from jsonb_array_elements(heartbeat -> 'sources') as source
    where source ->> 'state' not in ('active', 'paused') and coalesce(source ->> 'cause', '') <> 'never-sent')
where heartbeat is not null;
