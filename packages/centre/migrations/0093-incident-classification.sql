-- What kind of entry an incident is, how others would class it, its cause, harm and the personal data it touches.
alter table incident
  add column kind text not null default 'incident',
  add column exercise boolean not null default false,
  add column cause text,
  add column impact text,
  add column personal_data jsonb;
alter table incident
  alter column kind drop default,
  alter column exercise drop default;

-- What stands already gets the type of the taxonomy its national type leads to. Made as a generated column, so that
-- row-level security hides no row from it, then written as any other.
alter table incident
  add column rsit text not null generated always as (case type
    when 'DOS' then 'availability/dos'
    when 'SPOOF' then 'fraud/phishing'
    when 'MALWARE' then 'malicious-code/infected-system'
    when 'INTRUSION' then 'intrusions/system-compromise'
    when 'DEFACE' then 'information-content-security/unauthorised-information-modification'
    when 'ENCRYPT' then 'information-content-security/unauthorised-information-modification'
    when 'DESTROY' then 'availability/sabotage'
    when 'SPY' then 'information-content-security/data-leak'
    when 'OTHER' then 'other/other'
    else 'other/undetermined'
  end) stored;
alter table incident alter column rsit drop expression;
