-- How incidents ended and what was learned. Who reads an incident reads its closing report; of those who
-- take part, who sees more than the summary.
create table closing_report (
  incident_id text primary key references incident (id),
  -- The organisation struck.
  organisation_id text not null,
  course text not null,
  root_cause text not null,
  measures text not null,
  damage text not null,
  lessons text[] not null,
  proposals text not null,
  written_by_name text not null,
  written_at timestamptz not null,
  folded text not null,
  version integer not null
);
create index closing_report_written on closing_report (written_at, incident_id);

-- Generated from src/row-access.ts.
alter table closing_report enable row level security;
alter table closing_report force row level security;
create policy closing_report_scope on closing_report for select using (incident_id in (select id from incident where (tlp_rank <= (select nullif(current_setting('haidang.tlp', true), '')::int)
    and ((select current_setting('haidang.organisations', true) = '*')
      or organisation_id = any (
        (select string_to_array(current_setting('haidang.organisations', true), ','))::text[]))) or (
  (select current_setting('haidang.actor', true)) = any (told_people)
  or tlp_rank <= (select nullif(current_setting('haidang.tlp', true), '')::int) and (
    tlp_rank = 0 and (select current_setting('haidang.organisations', true) <> '')
    or tlp_rank <= 3 and told_organisations && (
      select string_to_array(current_setting('haidang.organisations', true), ',')::text[])
    or tlp_rank <= 2 and told_groups && (select haidang_reader_groups())
    or tlp_rank = 1 and (select haidang_reader_is_member()))) or (shown_to is not null and haidang_sees(shown_to, tlp_rank))) or incident_id in (select p.incident_id from incident_participant p
    where p.sees <> 'summary' and p.tlp_rank <= 3 and (p.tlp_rank <= (select nullif(current_setting('haidang.tlp', true), '')::int)
    and ((select current_setting('haidang.organisations', true) = '*')
      or p.participant_id = any (
        (select string_to_array(current_setting('haidang.organisations', true), ','))::text[])))));
create policy closing_report_insert on closing_report for insert
  with check (haidang_sees(organisation_id, 0) and incident_id in (select id from incident));
create policy closing_report_update on closing_report for update
  using (haidang_sees(organisation_id, 0) and incident_id in (select id from incident))
  with check (haidang_sees(organisation_id, 0) and incident_id in (select id from incident));
create policy closing_report_delete on closing_report for delete
  using (haidang_sees(organisation_id, 0) and incident_id in (select id from incident));
