-- What a source may bring, and what becomes of more: rates, share of the spool, priority.
alter table source add column limits jsonb not null default
  '{"records_per_second":null,"bytes_per_second":null,"burst_seconds":10,"spool_bytes":null,"priority":"normal","when_full":null}';
