-- Advisories of TLP:CLEAR are public under numbers of their own: internal numbers would tell by their gaps how many
-- others there are.
alter table advisory
  add column public_number text unique,
  -- When it became public.
  add column public_at timestamptz;

with begun as (
  select a.id, min(v.time) as at
  from advisory a join advisory_version v on v.advisory_id = a.id
  where not a.remote and a.tlp_rank = 0 and a.content ->> 'kind' = 'advisory'
    and a.content ->> 'exercise' is distinct from 'true' and v.content ->> 'tlp' = 'clear'
  group by a.id
), numbered as (
  select id, at, y, row_number() over (partition by y order by at, id) as n
  from begun, extract(year from at at time zone 'Asia/Ho_Chi_Minh') as y
)
update advisory a
set public_number = 'CBCK-' || n.y || '-' || lpad(n.n::text, 4, '0'), public_at = n.at
from numbered n where n.id = a.id;

-- Counted on by what the shipped pattern writes.
insert into running_number (series, year, last)
select 'CBCK-' || split_part(public_number, '-', 2) || '-#', 0, count(*)
from advisory where public_number is not null
group by 1;
