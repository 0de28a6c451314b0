-- Reports of incidents by organisations: by form in stages, by telephone, by their systems.
create table incident_report (
  id text primary key,
  organisation_id text not null references organisation (id),
  tlp_rank smallint not null,
  number text unique,
  channel text not null,
  state text not null,
  stage text,
  sender jsonb not null,
  system_name text not null,
  description text not null,
  addresses text[] not null,
  detected_at timestamptz,
  -- What the forms of all stages say, by the keys of their fields: the next stage is filled from it.
  told jsonb not null,
  request_id text,
  received_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text not null,
  question text not null,
  incident_id text references incident (id),
  duplicate_of text references incident_report (id),
  reason text not null,
  simulated boolean not null,
  folded text not null,
  updated_at timestamptz not null,
  version integer not null
);
create index incident_report_newest on incident_report (updated_at desc, id desc);
create index incident_report_of on incident_report (organisation_id, updated_at desc, id desc);
create index incident_report_incident on incident_report (incident_id) where incident_id is not null;
create index incident_report_received on incident_report (received_at desc) where received_at is not null;
create index incident_report_addresses on incident_report using gin (addresses);
create unique index incident_report_request on incident_report (organisation_id, request_id)
  where request_id is not null;

alter table incident_report enable row level security;
alter table incident_report force row level security;
create policy incident_report_scope on incident_report
  using (haidang_sees(organisation_id, tlp_rank)) with check (haidang_sees(organisation_id, tlp_rank));

update role set permissions = permissions || '["incident-report.read"]' where permissions ? 'incident.read';
update role set permissions = permissions || '["incident-report.make"]'
  where id in ('administrator', 'coordinator', 'focal-point', 'watch-officer');
update role set permissions = permissions || '["incident-report.triage"]'
  where id in ('administrator', 'coordinator', 'watch-officer');
