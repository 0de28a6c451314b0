-- Views that read with the rights of who asks: policies of every table below hold.
create view station_estate with (security_invoker = true) as
select s.id, s.organisation_id, o.name as organisation_name, s.name, s.local, s.state, s.software,
  s.source_count, s.lacking_sources, s.last_heartbeat_at, s.replaced_by, s.simulated, s.created_at,
  -- New hardware stands where the old one did, and a station where its organisation is, until somebody says otherwise.
  coalesce(p.unit, (
    select before.unit from station as old join station_place as before on before.station_id = old.id
    where old.replaced_by = s.id limit 1), o.unit) as unit,
  (s.local or s.joined_at is not null) and s.state not in ('revoked', 'rejected') as operating,
  (s.joined_at at time zone 'Asia/Ho_Chi_Minh')::date as joined_on,
  (select count(*)::int from station_gap as gap where gap.station_id = s.id and gap.closed_at is null) as open_gaps,
  (select count(*)::int from information_system as i where i.station_ids ? s.id) as systems_watched,
  (select count(*)::int from information_system as i
    where i.organisation_id = s.organisation_id
      and (i.level >= 3 or i.importance ? 'nationally_important')) as systems_required,
  (select count(*)::int from information_system as i
    where i.organisation_id = s.organisation_id and i.station_ids = '[]'
      and (i.level >= 3 or i.importance ? 'nationally_important')) as systems_uncovered,
  (select max(inspected_on) from station_inspection as done
    where done.station_id = s.id and done.signed_at is not null) as last_inspection_on,
  (select coalesce(sum(open_findings), 0)::int from station_inspection as done
    where done.station_id = s.id and done.signed_at is not null) as open_findings
from station s
join organisation o on o.id = s.organisation_id
left join station_place p on p.station_id = s.id;

create view station_plan_entry with (security_invoker = true) as
select o.id, o.name, o.kind, s.id as station_id, s.name as station_name,
  p.due_on as own_due_on, coalesce(p.note, '') as note,
  exists (select from information_system as i
    where i.organisation_id = o.id and i.importance ? 'nationally_important') as important,
  case
    when p.stage = 'exempt' then 'exempt'
    when s.id is null or s.state = 'rejected' then coalesce(p.stage, 'planned')
    when s.replaced_by is not null then 'replaced'
    when s.state = 'revoked' then 'revoked'
    when s.state = 'pending' then 'joined'
    when s.last_data_at is null then 'approved'
    else 'operating'
  end as state
from organisation o
left join station_plan p on p.organisation_id = o.id
left join lateral (
  select * from station
  where station.organisation_id = o.id
  order by (station.local or station.accepted_fingerprint is not null) desc, station.created_at desc
  limit 1) s on true;
