-- Whom a row may be told to by its TLP, beside its owner: CLEAR to every organisation this node knows, GREEN
-- to active members of the network, the rest to nobody: AMBER is for who needs to know, and that is said by
-- addressing them, never by a tree of organisations.
-- What the caller's own organisation is, its own rows say.
create function haidang_told(rank int) returns boolean
language sql stable parallel safe
as $$
  select coalesce(
    rank <= nullif(current_setting('haidang.tlp', true), '')::int
    and current_setting('haidang.organisations', true) <> ''
    and case rank
      when 0 then true
      when 1 then exists (
        select from organisation o
        where o.id = any (string_to_array(current_setting('haidang.organisations', true), ','))
          and o.membership = 'active')
      else false
    end,
    false
  )
$$;

-- Generated from the reach `told` of src/row-access.ts: what is written to be told is read by whom it may
-- be told; what sensors saw stays with its owner whatever its TLP, until somebody passes it on.
create policy incident_select on incident for select using (haidang_told(tlp_rank));
create policy library_rule_select on library_rule
  for select using (haidang_told(tlp_rank));
create policy library_rule_version_select on library_rule_version
  for select using (haidang_told(tlp_rank));
