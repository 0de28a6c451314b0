-- Who may read the story of an incident, of those somebody may name there: their own people, who handles it, and, for
-- its owner, people of organisations that take part and see the story. Decided with the settings of who asks before the
-- function looks beyond them; `only` null: all, whose folded name contains `words`.
create function haidang_story_readers(asked text, words text, only_ids text[], most int)
returns table (id text, name text, organisation_id text, organisation_name text)
language plpgsql
as $$
#variable_conflict use_column
declare
  organisations text := current_setting('haidang.organisations', true);
  tlp text := current_setting('haidang.tlp', true);
  own text[] := string_to_array(organisations, ',');
  about incident%rowtype;
begin
  select * into about from incident i where i.id = asked;
  if not found then return; end if;
  perform set_config('haidang.organisations', '*', true), set_config('haidang.tlp', '4', true);
  return query
    select p.id, p.name, o.id, o.name
    from person p join role r on r.id = p.role_id join organisation o on o.id = p.organisation_id
    cross join lateral (
      select about.tlp_rank <= 3 and exists (select from incident_participant t
        where t.incident_id = asked and t.participant_id = o.id and t.sees <> 'summary') as part) takes
    where not p.disabled and (only_ids is null or p.id = any (only_ids))
      and r.permissions ? 'incident.read'
      and array_position(array['clear', 'green', 'amber', 'amber+strict', 'red'], r.clearance) > about.tlp_rank
      and (r.scope = 'node' or o.id = about.organisation_id or takes.part)
      and (organisations = '*' or o.id = any (own) or p.id = about.assignee_id
        or about.organisation_id = any (own) and takes.part)
      and (words = '' or haidang_fold(p.name) like '%' || words || '%')
    order by p.name, p.id limit most;
  perform set_config('haidang.organisations', organisations, true), set_config('haidang.tlp', tlp, true);
end $$;
