-- What a key may do of what its role may (null: all of it), until when, and from where (none: anywhere).
alter table api_key add column scopes jsonb;
alter table api_key add column expires_at timestamptz;
alter table api_key add column addresses jsonb not null default '[]';
alter table api_key add column last_used_address text;
