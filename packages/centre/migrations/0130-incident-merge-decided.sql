-- Whether something was decided on a head since a merge is told by what may be decided of it, and not by its version:
-- clusters that come to it, and other merges, count that up too. What is not known counts as decided since.
alter table incident_merge add column head_state text, add column head_assignee_id text;
update incident_merge m set head_state = i.state, head_assignee_id = i.assignee_id
  from incident i where i.id = m.head_id and i.version = m.head_version;
alter table incident_merge drop column head_version;

-- What stands for an incident, itself unless it is merged, as far as who asks may see it.
create function haidang_incident_head(of_id text) returns text
language sql stable
as $$
  with recursive up as (
    select id, merged_into, 0 as height from incident where id = of_id
    union all
    select i.id, i.merged_into, up.height + 1 from incident i join up on i.id = up.merged_into
  )
  select id from up order by height desc limit 1
$$;
